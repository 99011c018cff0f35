import Accounts
package import Events
package import GRDB

/// Who has appealed against a closing or a deactivation and waits for an answer (P-16.4). What they say is opened from the log.
package enum Appeals: ReadModel {
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
        case .closing(.textsChosen), .closing(.wayBackRequested), .closing(.deactivated), .closing(.unusedWarned),
            .closing(.purgeAnnounced), .registration, .email, .profile, .consent, .password, .twoFactor:
            break
        }
    }

    package struct Entry: Sendable {
        package let member: MemberID
        package let since: Instant
    }

    package static func count(in database: Database) throws -> Int {
        try Int.fetchOne(database, sql: "SELECT count(*) FROM appeals") ?? 0
    }

    /// Those that have waited longest first.
    package static func waiting(limit: Int, in database: Database) throws -> [Entry] {
        try Row.fetchAll(
            database, sql: "SELECT member, since FROM appeals ORDER BY since, member LIMIT ?", arguments: [limit]
        ).map { Entry(member: MemberID(column: $0[0]), since: Instant(milliseconds: $0[1])) }
    }
}
