import Accounts
package import Events
import GRDB

/// Which versions of the texts each member has accepted: what the gate asks on every page of a signed-in session (P-01.3).
package enum TextAcceptances: ReadModel {
    static let version = 1

    static let tables = """
        CREATE TABLE text_acceptances(
          member INTEGER PRIMARY KEY,
          policy TEXT,
          terms TEXT,
          returned INTEGER
        ) STRICT;
        """

    static let sources: Set<ProjectedEvent.Source> = [.accounts]

    static func apply(_ event: ProjectedEvent, to views: ViewWriter) throws {
        guard case .accounts(let account) = event.kind, let member = event.member else {
            return
        }
        switch account {
        case .signedUp: try views.run("INSERT INTO text_acceptances(member) VALUES (?)", .id(member))
        case .policyAccepted(let acceptance):
            try views.run(
                "UPDATE text_acceptances SET policy = ? WHERE member = ?", .text(acceptance.version.description),
                .id(member))
        case .termsAccepted(let acceptance):
            try views.run(
                "UPDATE text_acceptances SET terms = ? WHERE member = ?", .text(acceptance.version.description),
                .id(member))
        case .restored(let time), .returned(let time):
            try views.run("UPDATE text_acceptances SET returned = ? WHERE member = ?", .time(time), .id(member))
        case .purged, .signUpLapsed: try views.run("DELETE FROM text_acceptances WHERE member = ?", .id(member))
        case .policyPublished, .policyInForce, .termsPublished, .termsInForce, .emailGiven, .municipalityDeclared,
            .passwordSet, .consentGiven, .consentWithdrawn, .newsletterAnswered, .mailChoiceSet, .usernameChanged,
            .confirmed, .reviewRequested, .twoFactor, .passwordResetRequested, .signInsHeldBack, .compromiseReported,
            .emailChangeRequested,
            .emailChanged, .emailChangeUndone, .emailChangeSettled, .handlingSet, .identityCorrected, .closed,
            .textsChosen, .wayBackRequested, .reviewApproved, .reviewRejected, .deactivated, .appealed, .appealRejected,
            .unusedWarned, .purgeAnnounced, .signedIn,
            .signedOut, .roleGranted, .roleRevoked:
            break
        }
    }
}

extension TextAcceptances {
    package struct Entry: Hashable, Sendable {
        package let policy: CalendarDate?
        package let terms: CalendarDate?
        /// When the account last came back.
        package let returnedAt: Instant?
    }

    package struct Queries {
        let source: QuerySource

        package func of(_ member: MemberID) throws -> Entry? {
            try source.row(
                .cached("SELECT policy, terms, returned FROM text_acceptances WHERE member = ?"), [member.column]
            ) { row in
                Entry(
                    policy: (row["policy"] as String?).flatMap(CalendarDate.init),
                    terms: (row["terms"] as String?).flatMap(CalendarDate.init), returnedAt: row["returned"])
            }
        }
    }
}
