import Accounts
package import Events
import GRDB

/// The appeals against a closing or a suspension that wait for an answer (P-16.4). Their text is read from the log.
package enum Appeals: ReadModel {
    static let version = 1

    static let tables = "CREATE TABLE appeals(member INTEGER PRIMARY KEY, since INTEGER NOT NULL) STRICT;"

    static let sources: Set<ProjectedEvent.Source> = [.accounts]

    static func apply(_ event: ProjectedEvent, to views: ViewWriter) throws {
        guard case .accounts(.member(let account)) = event.kind, let member = event.member else {
            return
        }
        switch account {
        case .closing(.appealed):
            try views.run(
                "INSERT INTO appeals VALUES (?, ?) ON CONFLICT DO UPDATE SET since = excluded.since", .id(member),
                .time(event.recorded.time))
        case .closing(.appealRejected), .closing(.restored), .closing(.returned), .closing(.closed), .closing(.purged):
            try views.run("DELETE FROM appeals WHERE member = ?", .id(member))
        case .closing(.textsChosen), .closing(.restoreLinkRequested), .closing(.deactivated), .closing(.unusedWarned),
            .closing(.purgeAnnounced), .registration, .email, .profile, .consent, .password, .twoFactor:
            break
        }
    }

    package struct Entry: Sendable {
        package let member: MemberID
        package let since: Instant
    }

    package struct Queries {
        let source: QuerySource

        package func count() throws -> Int { try source.count("SELECT count(*) FROM appeals") }

        /// Those that have waited longest first.
        package func waiting(limit: Int) throws -> [Entry] {
            try source.rows("SELECT member, since FROM appeals ORDER BY since, member LIMIT ?", [limit]) { row in
                Entry(member: row["member"], since: row["since"])
            }
        }
    }
}
