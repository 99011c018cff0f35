import Accounts
package import Events
import GRDB

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
