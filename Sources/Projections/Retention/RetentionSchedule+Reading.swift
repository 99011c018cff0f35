package import Events
import GRDB

extension RetentionSchedule {
    package struct Entry: Sendable {
        package let id: String
        package let since: Instant
        fileprivate let column: Int64
    }

    package struct RetainedSubject: Sendable {
        package let subject: Subject
        /// The id of the member or the request for correction that it belongs to.
        package let id: String
        package let since: Instant
    }

    /// The number of persons about whom data of a kind is retained, and since when the oldest is.
    package struct Retained: Sendable {
        package let persons: Int
        package let oldest: Instant?

        package init(persons: Int, oldest: Instant?) {
            self.persons = persons
            self.oldest = oldest
        }
    }

    package struct Queries {
        let source: QuerySource

        /// The oldest first, starting after `last`.
        package func entries(_ kind: Kind, after last: Entry?, limit: Int) throws -> [Entry] {
            try source.rows(
                .cached(
                    "SELECT id, since FROM schedule WHERE kind = ? AND (since, id) > (?, ?) ORDER BY since, id LIMIT ?"),
                [kind.rawValue, last?.since.milliseconds ?? .min, last?.column ?? .min, limit]
            ) { row in
                Entry(id: (row["id"] as MemberID).description, since: row["since"], column: row["id"])
            }
        }

        /// Since when the oldest is retained; nil when there is none.
        package func oldest(_ kind: Kind) throws -> Instant? {
            try source.time("SELECT min(since) FROM schedule WHERE kind = ?", [kind.rawValue])
        }

        /// The oldest first.
        package func retained(by rule: SubjectRule, limit: Int) throws -> [RetainedSubject] {
            try subjects(
                "SELECT subject, id, since FROM held_subjects WHERE kind = ? ORDER BY since, subject LIMIT ?", rule,
                limit)
        }

        /// The oldest first, without those of members under a legal hold (P-10.1): they must not crowd out what can be erased.
        package func erasable(by rule: SubjectRule, limit: Int) throws -> [RetainedSubject] {
            try subjects(
                """
                SELECT subject, id, since FROM held_subjects
                WHERE kind = ? AND owner NOT IN (SELECT member FROM legal_holds) ORDER BY since, subject LIMIT ?
                """, rule, limit)
        }

        private func subjects(_ query: String, _ rule: SubjectRule, _ limit: Int) throws -> [RetainedSubject] {
            try source.rows(.cached(query), [rule.rawValue, limit]) { row in
                RetainedSubject(
                    subject: Subject(rule.subjectKind, row["subject"] as MemberID),
                    id: (row["id"] as MemberID).description, since: row["since"])
            }
        }

        /// What began between two times.
        package func retained(_ kind: Kind, since: Instant, until: Instant) throws -> Retained {
            try retained("count(*)", "schedule", of: kind.rawValue, since, until)
        }

        package func retained(by rule: SubjectRule, since: Instant, until: Instant) throws -> Retained {
            try retained("count(DISTINCT owner)", "held_subjects", of: rule.rawValue, since, until)
        }

        private func retained(
            _ count: String, _ table: String, of kind: String, _ since: Instant, _ until: Instant
        ) throws -> Retained {
            let held = try source.row(
                """
                SELECT \(count) AS persons, min(since) AS oldest FROM \(table)
                WHERE kind = ? AND since > ? AND since <= ?
                """, [kind, since.milliseconds, until.milliseconds]
            ) { Retained(persons: $0["persons"], oldest: $0["oldest"]) }
            return held ?? Retained(persons: 0, oldest: nil)
        }
    }
}
