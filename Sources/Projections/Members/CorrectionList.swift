package import Accounts
package import Events
import GRDB

/// The requests for correction: each member's own, and those that wait for the administration (P-12.4). Never the requested values.
package enum CorrectionList: ReadModel {
    static let version = 1

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
        case .accounts, .oversight, .forum, .conversations, .notifications, .cases, .erasure, .mail, .newsletter,
            .other:
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

    package struct Queries {
        let source: QuerySource

        /// A member's own, the newest first.
        package func of(_ member: MemberID) throws -> [Entry] {
            try source.rows(
                "SELECT * FROM corrections WHERE member = ? ORDER BY requested DESC, id DESC LIMIT \(pageSize)",
                [member.column], Entry.init)
        }

        /// The undecided requests, the oldest first, with their total number.
        /// - Parameter reader: the administrator who decides; the reader's own requests are left out (P-08.2). Nil for all.
        package func waiting(page: Int, for reader: MemberID? = nil) throws -> (entries: [Entry], count: Int) {
            let waiting = "FROM corrections WHERE decided IS NULL AND member IS NOT ?"
            return try source.read { snapshot in
                let source = snapshot.source
                let entries = try source.rows(
                    "SELECT * \(waiting) ORDER BY requested, id LIMIT \(pageSize) OFFSET ?",
                    [reader?.column, (page - 1) * pageSize], Entry.init)
                return (entries, try source.count("SELECT count(*) \(waiting)", [reader?.column]))
            }
        }

        /// The oldest undecided requests, at most 200.
        package func allWaiting() throws -> [CorrectionID] {
            try source.ids("SELECT id FROM corrections WHERE decided IS NULL ORDER BY requested LIMIT 200")
        }
    }
}

extension CorrectionList.Entry {
    fileprivate init?(_ row: ViewRow) {
        guard let field: CorrectedField = row.code("field") else { return nil }
        id = row["id"]
        member = row["member"]
        self.field = field
        requestedAt = row["requested"]
        if let decided: Instant = row["decided"] {
            state = .decided(isApproved: row["is_approved"] ?? false, at: decided)
        } else {
            state = row["is_compared"] ? .compared : .requested
        }
    }
}
