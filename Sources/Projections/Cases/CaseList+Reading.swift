package import Accounts
package import Events
package import Foundation
package import GRDB
package import Messaging

extension CaseList {
    package static let pageSize = 50

    package struct Entry: Sendable {
        package let id: CaseID
        package let matter: CaseMatter
        /// Of a request for rights.
        package let right: RightKind?
        /// Of a report.
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

    /// Those that are not closed, of the matters that somebody sees to. When each is due is judged by the rules in force.
    /// - Parameter reader: who handles them: what concerns that one is left out (P-08.2). Nil for the site itself.
    package static func open(
        _ matters: Set<CaseMatter>, for reader: MemberID? = nil, in database: Database
    ) throws -> [Entry] {
        try entries("phase <> 'closed'", "coalesce(asked, opened), id", matters, for: reader, in: database)
    }

    /// The closed ones that the reader handles, the latest first, with how many there are.
    package static func closed(
        _ matters: Set<CaseMatter>, for reader: MemberID, page: Int, in database: Database
    ) throws -> (entries: [Entry], count: Int) {
        let offset = (page - 1) * pageSize
        return (
            try entries(
                "phase = 'closed'", "changed DESC, id LIMIT \(pageSize) OFFSET \(offset)", matters, for: reader,
                in: database),
            try count("phase = 'closed'", matters, for: reader, in: database)
        )
    }

    /// A member's own, as either party, those that changed last first.
    package static func of(_ member: MemberID, in database: Database) throws -> [Entry] {
        try Row.fetchAll(
            database,
            sql: "SELECT \(columns) FROM cases WHERE opener = ? OR other = ? ORDER BY changed DESC, id LIMIT 500",
            arguments: [member.column, member.column]
        ).compactMap(Entry.init)
    }

    /// How many are open of those that the reader handles.
    package static func count(
        _ matters: Set<CaseMatter>, for reader: MemberID, in database: Database
    ) throws -> Int {
        try count("phase <> 'closed'", matters, for: reader, in: database)
    }

    /// How many open cases concern everybody who has one of the roles that handle them.
    package static func stranded(
        _ matters: Set<CaseMatter>, handledBy roles: Set<Role>, in database: Database
    ) throws -> Int {
        try Int.fetchOne(database, sql: strandedCount(matters, roles)) ?? 0
    }

    /// The same of the views in a directory, whether or not a site is running; nil when there are none of this program.
    package static func stranded(
        _ matters: Set<CaseMatter>, handledBy roles: Set<Role>, in directory: URL
    ) throws -> Int? {
        guard let used = try Views.files(in: directory).last(where: { $0.isReady && $0.isOfThisProgram }) else {
            return nil
        }
        return try Connection.reading(Generation.path(used.number, in: directory))
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

    /// What the regular work looks at: questions that wait, and what was answered long ago.
    package static func asked(before time: Instant, in database: Database) throws -> [Entry] {
        try Row.fetchAll(
            database, sql: "SELECT \(columns) FROM cases WHERE asked <= ? ORDER BY asked LIMIT 1000",
            arguments: [time.milliseconds]
        ).compactMap(Entry.init)
    }

    package static func answered(before time: Instant, in database: Database) throws -> [CaseID] {
        try Int64.fetchAll(
            database,
            sql: """
                SELECT id FROM cases WHERE phase = 'answered' AND asked IS NULL AND changed <= ?
                AND matter IN ('support', 'correction') LIMIT 1000
                """, arguments: [time.milliseconds]
        ).map(CaseID.init(column:))
    }

    /// The questions of a period, each with when it was answered.
    package static func questions(
        since start: Instant, in database: Database
    ) throws -> [(asked: Instant, answered: Instant?)] {
        try Row.fetchAll(
            database, sql: "SELECT asked, answered FROM case_questions WHERE asked >= ? AND matter <> 'rights'",
            arguments: [start.milliseconds]
        ).map { (Instant(milliseconds: $0[0]), ($0[1] as Int64?).map(Instant.init(milliseconds:))) }
    }

    private static func entries(
        _ condition: String, _ order: String, _ matters: Set<CaseMatter>, for reader: MemberID?, in database: Database
    ) throws -> [Entry] {
        try Row.fetchAll(
            database, sql: "SELECT \(columns) FROM cases WHERE \(handled(condition, matters)) ORDER BY \(order)",
            arguments: [reader?.column]
        ).compactMap(Entry.init)
    }

    private static func count(
        _ condition: String, _ matters: Set<CaseMatter>, for reader: MemberID, in database: Database
    ) throws -> Int {
        try Int.fetchOne(
            database, sql: "SELECT count(*) FROM cases WHERE \(handled(condition, matters))",
            arguments: [reader.column]) ?? 0
    }

    private static func handled(_ condition: String, _ matters: Set<CaseMatter>) -> String {
        "matter IN (\(names(matters))) AND \(condition) AND \(CaseConcerns.hidesFromReader)"
    }

    /// Of a closed list in the code: no text of anybody's is among them.
    private static func names(_ matters: Set<CaseMatter>) -> String {
        matters.map { "'\($0.rawValue)'" }.sorted().joined(separator: ", ")
    }

    private static let columns = """
        id, matter, detail, opener, other, opened, changed, phase, asked, warnings, is_extended, assignee, aside
        """
}

extension CaseList.Entry {
    fileprivate init?(_ row: Row) {
        guard let matter = CaseMatter(rawValue: row[1]), let phase = CaseList.Phase(rawValue: row[7]) else {
            return nil
        }
        let detail: String? = row[2]
        id = CaseID(column: row[0])
        self.matter = matter
        right = detail.flatMap(RightKind.init(rawValue:))
        reason = detail.flatMap(ReportReason.init(rawValue:))
        opener = (row[3] as Int64?).map(MemberID.init(column:))
        other = (row[4] as Int64?).map(MemberID.init(column:))
        openedAt = Instant(milliseconds: row[5])
        changedAt = Instant(milliseconds: row[6])
        self.phase = phase
        askedAt = (row[8] as Int64?).map(Instant.init(milliseconds:))
        warnings = row[9]
        isExtended = row[10]
        assignee = (row[11] as Int64?).map(MemberID.init(column:))
        mailsAside = row[12]
    }
}
