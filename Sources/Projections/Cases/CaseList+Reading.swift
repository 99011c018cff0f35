package import Accounts
package import Events
package import Foundation
import GRDB
package import Messaging

extension CaseList {
    package static let pageSize = 50

    package struct Entry: Sendable {
        package let id: CaseID
        package let matter: CaseMatter
        /// For a request for rights only.
        package let right: RightKind?
        /// For a report only.
        package let reason: ReportReason?
        package let opener: MemberID?
        package let other: MemberID?
        package let openedAt: Instant
        package let changedAt: Instant
        package let phase: Phase
        package let askedAt: Instant?
        package let warnings: Int
        package let isExtended: Bool
        package let assignee: MemberID?
        package let mailsAside: Int

        package var isClosed: Bool { phase == .closed }

        package func due(_ rules: CaseRules) -> Instant? {
            CaseClock.due(
                matter, openedAt: openedAt, askedAt: askedAt, extended: isExtended, isClosed: isClosed, rules)
        }
    }

    package struct Queries {
        let source: QuerySource

        /// The open cases of the given matters; when each is due is judged by the rules in force.
        /// - Parameter reader: who handles them; cases that concern the reader are left out (P-08.2). Nil for the site itself.
        package func open(_ matters: Set<CaseMatter>, for reader: MemberID? = nil) throws -> [Entry] {
            try entries("phase <> 'closed'", "coalesce(asked, opened), id", matters, for: reader)
        }

        /// The closed cases that the reader handles, the latest first, with their total number.
        package func closed(
            _ matters: Set<CaseMatter>, for reader: MemberID, page: Int
        ) throws -> (entries: [Entry], count: Int) {
            let order = "changed DESC, id LIMIT \(pageSize) OFFSET \((page - 1) * pageSize)"
            return try source.read { snapshot in
                let cases = snapshot.cases
                return (
                    try cases.entries("phase = 'closed'", order, matters, for: reader),
                    try cases.count("phase = 'closed'", matters, for: reader)
                )
            }
        }

        /// A member's own cases, as either party, the latest changed first.
        package func of(_ member: MemberID) throws -> [Entry] {
            try source.rows(
                "SELECT * FROM cases WHERE opener = ? OR other = ? ORDER BY changed DESC, id LIMIT 500",
                [member.column, member.column], Entry.init)
        }

        /// The number of open cases that the reader handles.
        package func count(_ matters: Set<CaseMatter>, for reader: MemberID) throws -> Int {
            try count("phase <> 'closed'", matters, for: reader)
        }

        /// The number of open cases that concern every member with a role that handles them.
        package func stranded(_ matters: Set<CaseMatter>, handledBy roles: Set<Role>) throws -> Int {
            try source.count(QueryStatement(stringLiteral: strandedCount(matters, roles)))
        }

        /// The cases with a question that has waited since before a time, for the hourly jobs.
        package func asked(before time: Instant) throws -> [Entry] {
            try source.rows(
                "SELECT * FROM cases WHERE asked <= ? ORDER BY asked LIMIT 1000", [time.milliseconds], Entry.init)
        }

        package func answered(before time: Instant) throws -> [CaseID] {
            try source.ids(
                """
                SELECT id FROM cases WHERE phase = 'answered' AND asked IS NULL AND changed <= ?
                AND matter IN ('support', 'correction', 'number') LIMIT 1000
                """, [time.milliseconds])
        }

        /// The questions since a time, each with when it was answered.
        package func questions(since start: Instant) throws -> [(asked: Instant, answered: Instant?)] {
            try source.rows(
                "SELECT asked, answered FROM case_questions WHERE asked >= ? AND matter <> 'rights'",
                [start.milliseconds]
            ) { ($0["asked"], $0["answered"]) }
        }

        private func entries(
            _ condition: String, _ order: String, _ matters: Set<CaseMatter>, for reader: MemberID?
        ) throws -> [Entry] {
            try source.rows(
                "SELECT * FROM cases WHERE \(handled(condition, matters)) ORDER BY \(order)", [reader?.column],
                Entry.init)
        }

        private func count(_ condition: String, _ matters: Set<CaseMatter>, for reader: MemberID) throws -> Int {
            try source.count("SELECT count(*) FROM cases WHERE \(handled(condition, matters))", [reader.column])
        }

        private func handled(_ condition: String, _ matters: Set<CaseMatter>) -> String {
            "matter IN (\(names(matters))) AND \(condition) AND \(CaseConcerns.hidesFromReader)"
        }
    }

    /// The number of stranded cases in the views of a directory, with or without a running site; nil without views of this program.
    package static func stranded(
        _ matters: Set<CaseMatter>, handledBy roles: Set<Role>, in directory: URL
    ) throws -> Int? {
        guard let used = try Views.files(in: directory).last(where: { $0.isReady && $0.isOfThisProgram }) else {
            return nil
        }
        return try SQLiteConnection.reading(Generation.path(used.number, in: directory))
            .integer(strandedCount(matters, roles))
    }

    private static func strandedCount(_ matters: Set<CaseMatter>, _ roles: Set<Role>) -> String {
        let roles = roles.map { "'\($0.rawValue)'" }.sorted().joined(separator: ", ")
        return """
            SELECT count(*) FROM cases WHERE phase <> 'closed' AND matter IN (\(names(matters))) AND NOT EXISTS (
              SELECT 1 FROM member_roles r JOIN members m ON m.id = r.member WHERE r.role IN (\(roles))
                AND cases.id NOT IN (SELECT id FROM case_bars WHERE member = r.member))
            """
    }

    /// Safe to insert into SQL: the names are a closed list in the code, never input.
    private static func names(_ matters: Set<CaseMatter>) -> String {
        matters.map { "'\($0.rawValue)'" }.sorted().joined(separator: ", ")
    }
}

extension CaseList.Entry {
    fileprivate init?(_ row: ViewRow) {
        guard let matter: CaseMatter = row.code("matter"), let phase: CaseList.Phase = row.code("phase") else {
            return nil
        }
        id = row["id"]
        self.matter = matter
        right = row.code("detail")
        reason = row.code("detail")
        opener = row["opener"]
        other = row["other"]
        openedAt = row["opened"]
        changedAt = row["changed"]
        self.phase = phase
        askedAt = row["asked"]
        warnings = row["warnings"]
        isExtended = row["is_extended"]
        assignee = row["assignee"]
        mailsAside = row["aside"]
    }
}
