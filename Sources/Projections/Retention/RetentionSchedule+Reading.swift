package import Events
package import GRDB

extension RetentionSchedule {
    package struct Entry: Sendable {
        package let id: String
        package let since: Instant
        fileprivate let column: Int64
    }

    /// The oldest first, from behind `last` on.
    package static func entries(_ kind: Kind, after last: Entry?, limit: Int, in database: Database) throws -> [Entry] {
        try Row.fetchAll(
            database.cachedStatement(
                sql: """
                    SELECT id, since FROM schedule WHERE kind = ? AND (since, id) > (?, ?) ORDER BY since, id LIMIT ?
                    """),
            arguments: [kind.rawValue, last?.since.milliseconds ?? .min, last?.column ?? .min, limit]
        ).map { row in
            Entry(
                id: MemberID(column: row[0]).description, since: Instant(milliseconds: row[1]),
                column: row[0])
        }
    }

    /// Since when the oldest is held; nil when there is none.
    package static func oldest(_ kind: Kind, in database: Database) throws -> Instant? {
        try Int64.fetchOne(database, sql: "SELECT min(since) FROM schedule WHERE kind = ?", arguments: [kind.rawValue])
            .map(Instant.init(milliseconds:))
    }

    package struct HeldSubject: Sendable {
        package let subject: Subject
        /// Of what it belongs to: a member, or a request for correction.
        package let id: String
        package let since: Instant
    }

    /// The oldest first.
    package static func held(by rule: SubjectRule, limit: Int, in database: Database) throws -> [HeldSubject] {
        try Row.fetchAll(
            database.cachedStatement(
                sql: "SELECT subject, id, since FROM held_subjects WHERE kind = ? ORDER BY since, subject LIMIT ?"),
            arguments: [rule.rawValue, limit]
        ).map { row in
            HeldSubject(
                subject: Subject(rule.subjectKind, MemberID(column: row[0])),
                id: MemberID(column: row[1]).description,
                since: Instant(milliseconds: row[2]))
        }
    }

    /// Persons about whom something of a sort is held, and since when the oldest is.
    package struct Held: Sendable {
        package let persons: Int
        package let oldest: Instant?

        package init(persons: Int, oldest: Instant?) {
            self.persons = persons
            self.oldest = oldest
        }

        fileprivate init(_ row: Row?) {
            self.init(persons: row?[0] ?? 0, oldest: (row?[1] as Int64?).map(Instant.init(milliseconds:)))
        }
    }

    /// What began between two moments.
    package static func held(
        _ kind: Kind, since: Instant, until: Instant, in database: Database
    ) throws -> Held {
        Held(
            try Row.fetchOne(
                database,
                sql: "SELECT count(*), min(since) FROM schedule WHERE kind = ? AND since > ? AND since <= ?",
                arguments: [kind.rawValue, since.milliseconds, until.milliseconds]))
    }

    package static func held(
        by rule: SubjectRule, since: Instant, until: Instant, in database: Database
    ) throws -> Held {
        Held(
            try Row.fetchOne(
                database,
                sql: """
                    SELECT count(DISTINCT owner), min(since) FROM held_subjects
                    WHERE kind = ? AND since > ? AND since <= ?
                    """,
                arguments: [rule.rawValue, since.milliseconds, until.milliseconds]))
    }
}
