package import Accounts
package import Events
import GRDB

/// The sign-ups that wait for a manual review, the oldest first. Identities are not stored here.
package enum ReviewQueue: ReadModel {
    static let version = 1

    static let tables = """
        CREATE TABLE reviews(
          member INTEGER PRIMARY KEY,
          reason TEXT NOT NULL,
          since INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX reviews_by_age ON reviews(since, member);
        """

    static let sources: Set<ProjectedEvent.Source> = [.accounts]

    static func apply(_ event: ProjectedEvent, to views: ViewWriter) throws {
        guard case .accounts(.member(.registration(let change))) = event.kind, let member = event.member else {
            return
        }
        switch change {
        case .reviewRequested(let reason):
            try views.run(
                "INSERT INTO reviews VALUES (?, ?, ?)", .id(member), .text(reason.rawValue), .time(event.recorded.time))
        case .confirmed, .reviewRejected, .signUpLapsed:
            try views.run("DELETE FROM reviews WHERE member = ?", .id(member))
        case .signedUp, .reviewApproved: break
        }
    }
}

extension ReviewQueue {
    package static let pageSize = 50

    package struct Entry: Sendable {
        package let member: MemberID
        package let reason: ReviewReason
        package let since: Instant
    }

    package struct Queries {
        let source: QuerySource

        /// All of them, at most 1000.
        package func all() throws -> [Entry] {
            try source.rows("SELECT * FROM reviews ORDER BY since, member LIMIT 1000", [], Entry.init)
        }

        package func find(_ member: MemberID) throws -> Entry? {
            try source.row("SELECT * FROM reviews WHERE member = ?", [member.column], Entry.init)
        }
    }
}

extension ReviewQueue.Entry {
    fileprivate init?(_ row: ViewRow) {
        guard let reason: ReviewReason = row.code("reason") else { return nil }
        member = row["member"]
        self.reason = reason
        since = row["since"]
    }
}
