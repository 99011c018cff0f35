import Accounts
package import Events
package import GRDB

/// Who has appealed against a closing or a deactivation and waits for an answer (P-16.4). What they say is opened from the log.
package enum Appeals: ReadModel {
    static let version = 1

    static let tables = "CREATE TABLE appeals(member INTEGER PRIMARY KEY, since INTEGER NOT NULL) STRICT;"

    static let sources: Set<ProjectedEvent.Source> = [.accounts]

    static func apply(_ event: ProjectedEvent, to views: ViewWriter) throws {
        guard case .accounts(let account) = event.kind, let member = event.member else {
            return
        }
        switch account {
        case .appealed(_, at: let time):
            try views.run(
                "INSERT INTO appeals VALUES (?, ?) ON CONFLICT DO UPDATE SET since = excluded.since", .id(member),
                .time(time))
        case .appealRejected, .restored, .returned, .closed, .purged:
            try views.run("DELETE FROM appeals WHERE member = ?", .id(member))
        case .policyPublished, .policyInForce, .termsPublished, .termsInForce, .signedUp, .emailGiven,
            .municipalityDeclared, .passwordSet, .policyAccepted, .termsAccepted, .consentGiven, .consentWithdrawn,
            .newsletterAnswered, .mailChoiceSet, .usernameChanged, .confirmed, .signUpLapsed, .reviewRequested,
            .twoFactor, .passwordResetRequested, .signInsHeldBack, .compromiseReported, .emailChangeRequested,
            .emailChanged,
            .emailChangeUndone,
            .emailChangeSettled, .handlingSet, .identityCorrected, .textsChosen, .wayBackRequested, .deactivated,
            .unusedWarned, .purgeAnnounced, .signedIn, .signedOut, .roleGranted, .roleRevoked,
            .reviewApproved, .reviewRejected:
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
