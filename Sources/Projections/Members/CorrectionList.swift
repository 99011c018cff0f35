package import Accounts
package import Events
package import GRDB

/// The requests for correction: each member's own, and what waits for the administration (P-12.4). Never what is wished for.
package enum CorrectionList: ReadModel {
    static let tables = """
        CREATE TABLE corrections(
          id INTEGER PRIMARY KEY,
          member INTEGER NOT NULL,
          field TEXT NOT NULL,
          requested INTEGER NOT NULL,
          is_compared INTEGER NOT NULL DEFAULT 0,
          decided INTEGER,
          is_approved INTEGER
        ) STRICT;
        CREATE INDEX corrections_of_member ON corrections(member, requested);
        CREATE INDEX corrections_waiting ON corrections(requested) WHERE decided IS NULL;
        """

    static let sources: Set<ProjectedEvent.Source> = [.accounts, .corrections]

    static func apply(_ event: ProjectedEvent, to views: ViewWriter) throws {
        switch event.kind {
        case .corrections(let correction):
            guard let id: CorrectionID = event.recorded.stream.id() else { return }
            try apply(correction, to: id, in: views)
        case .accounts(.member(.closing(.purged))):
            guard let member = event.member else { return }
            try views.run("DELETE FROM corrections WHERE member = ?", .id(member))
        case .accounts, .oversight, .forum, .conversations, .notices, .cases, .erasure, .mail, .newsletter, .other:
            break
        }
    }

    private static func apply(_ event: CorrectionEvent, to id: CorrectionID, in views: ViewWriter) throws {
        switch event {
        case .requested(let correction):
            try views.run(
                "INSERT INTO corrections(id, member, field, requested) VALUES (?, ?, ?, ?)", .id(id),
                .id(correction.member), .text(correction.field.rawValue), .time(correction.requestedAt))
        case .compared: try views.run("UPDATE corrections SET is_compared = 1 WHERE id = ?", .id(id))
        case .decided(let decision):
            try views.run(
                "UPDATE corrections SET decided = ?, is_approved = ? WHERE id = ?", .time(decision.at),
                .bool(decision.isApproved), .id(id))
        }
    }
}

extension CorrectionList {
    package enum State: Hashable, Sendable {
        case requested, compared
        case decided(isApproved: Bool, at: Instant)
    }

    package struct Entry: Hashable, Sendable {
        package let id: CorrectionID
        package let member: MemberID
        package let field: CorrectedField
        package let requestedAt: Instant
        package let state: State
    }

    package static let pageSize = 50

    /// A member's own, the newest first.
    package static func of(_ member: MemberID, in database: Database) throws -> [Entry] {
        try Row.fetchAll(
            database,
            sql:
                "SELECT \(columns) FROM corrections WHERE member = ? ORDER BY requested DESC, id DESC LIMIT \(pageSize)",
            arguments: [member.column]
        ).compactMap(Entry.init)
    }

    /// What nobody has decided yet, the oldest first, with how many there are.
    /// - Parameter reader: who decides them: one's own are left out (P-08.2). Nil for all.
    package static func waiting(
        page: Int, for reader: MemberID? = nil, in database: Database
    ) throws -> (entries: [Entry], count: Int) {
        let count = try Int.fetchOne(
            database, sql: "SELECT count(*) FROM corrections WHERE decided IS NULL AND member IS NOT ?",
            arguments: [reader?.column])
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT \(columns) FROM corrections WHERE decided IS NULL AND member IS NOT ?
                ORDER BY requested, id LIMIT \(pageSize) OFFSET ?
                """, arguments: [reader?.column, (page - 1) * pageSize])
        return (rows.compactMap(Entry.init), count ?? 0)
    }

    /// What is undecided and can be looked at by somebody.
    package static func allWaiting(in database: Database) throws -> [CorrectionID] {
        try Int64.fetchAll(
            database, sql: "SELECT id FROM corrections WHERE decided IS NULL ORDER BY requested LIMIT 200"
        ).map(CorrectionID.init(column:))
    }

    private static let columns = "id, member, field, requested, is_compared, decided, is_approved"
}

extension CorrectionList.Entry {
    fileprivate init?(_ row: Row) {
        guard let field = CorrectedField(rawValue: row[2]) else { return nil }
        id = CorrectionID(column: row[0])
        member = MemberID(column: row[1])
        self.field = field
        requestedAt = Instant(milliseconds: row[3])
        if let decided: Int64 = row[5] {
            state = .decided(isApproved: row[6] ?? false, at: Instant(milliseconds: decided))
        } else {
            state = row[4] ? .compared : .requested
        }
    }
}
