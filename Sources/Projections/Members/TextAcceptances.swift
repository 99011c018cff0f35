import Accounts
package import Events
import GRDB

/// The versions of the texts that each member has accepted, which are checked on every page of a signed-in session (P-01.3).
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
        guard case .accounts(.member(let account)) = event.kind, let member = event.member else {
            return
        }
        switch account {
        case .registration(.signedUp):
            try views.run("INSERT INTO text_acceptances(member) VALUES (?)", .id(member))
        case .consent(.policyAccepted(let acceptance)):
            try views.run(
                "UPDATE text_acceptances SET policy = ? WHERE member = ?", .text(acceptance.version.description),
                .id(member))
        case .consent(.termsAccepted(let acceptance)):
            try views.run(
                "UPDATE text_acceptances SET terms = ? WHERE member = ?", .text(acceptance.version.description),
                .id(member))
        case .closing(.restored), .closing(.returned):
            try views.run(
                "UPDATE text_acceptances SET returned = ? WHERE member = ?", .time(event.recorded.time), .id(member))
        case .closing(.purged), .registration(.signUpLapsed):
            try views.run("DELETE FROM text_acceptances WHERE member = ?", .id(member))
        case .registration(.confirmed), .registration(.reviewRequested), .registration(.reviewApproved),
            .registration(.reviewRejected), .consent(.given), .consent(.withdrawn), .consent(.newsletterAnswered),
            .consent(.mailChoiceSet), .closing(.closed), .closing(.textsChosen), .closing(.restoreLinkRequested),
            .closing(.deactivated), .closing(.appealed), .closing(.appealRejected), .closing(.unusedWarned),
            .closing(.purgeAnnounced), .email, .profile, .password, .twoFactor:
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
