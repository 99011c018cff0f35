import Accounts
package import Events
import GRDB

/// The answers to the question about the newsletter. Current members are in the member directory; both are checked again at sending.
package enum NewsletterReaders: ReadModel {
    static let version = 1

    static let tables = """
        CREATE TABLE newsletter_answers(member INTEGER PRIMARY KEY, is_yes INTEGER NOT NULL) STRICT;
        """

    static let sources: Set<ProjectedEvent.Source> = [.accounts]

    static func apply(_ event: ProjectedEvent, to views: ViewWriter) throws {
        guard case .accounts(.member(let account)) = event.kind, let member = event.member else { return }
        switch account {
        case .consent(.newsletterAnswered(let answer)):
            try views.run(
                "INSERT INTO newsletter_answers VALUES (?, ?) ON CONFLICT DO UPDATE SET is_yes = excluded.is_yes",
                .id(member), .bool(answer.isYes))
        // A member who comes back is asked anew (P-16.6).
        case .closing(.closed), .closing(.deactivated), .closing(.purged), .registration(.signUpLapsed):
            try views.run("DELETE FROM newsletter_answers WHERE member = ?", .id(member))
        case .registration(.signedUp), .registration(.confirmed), .registration(.reviewRequested),
            .registration(.reviewApproved), .registration(.reviewRejected), .consent(.policyAccepted),
            .consent(.termsAccepted), .consent(.given), .consent(.withdrawn), .consent(.mailChoiceSet),
            .closing(.textsChosen), .closing(.restoreLinkRequested), .closing(.restored), .closing(.returned),
            .closing(.appealed), .closing(.appealRejected), .closing(.unusedWarned), .closing(.purgeAnnounced), .email,
            .profile, .password, .twoFactor:
            break
        }
    }
}

extension NewsletterReaders {
    package struct Queries {
        let source: QuerySource

        /// The next recipients of the newsletter, in the order of their ids.
        /// - Parameters:
        ///   - includingUnset: whether no answer counts as yes, by the policy in force.
        ///   - asked: the position of the event that asked for the mails; members who already got one, or were refused it, are left out.
        /// - Returns: with the id to continue after; nil when there are no more.
        package func batch(
            of limit: Int, after cursor: MemberID?, includingUnset: Bool, notYet asked: Int
        ) throws -> (members: [MemberID], cursor: MemberID?) {
            var (members, last) = ([MemberID](), MemberID?.none)
            try source.forEachRow(
                """
                SELECT id, EXISTS (SELECT 1 FROM mail_outcomes WHERE asked = ? AND member = id) AS is_done
                FROM members LEFT JOIN newsletter_answers ON member = id
                WHERE coalesce(is_yes, ?) = 1 AND (? IS NULL OR id > ?) ORDER BY id LIMIT ?
                """, [asked, includingUnset, cursor?.column, cursor?.column, limit]
            ) { row in
                let member: MemberID = row["id"]
                if !row["is_done"] { members.append(member) }
                last = member
            }
            return (members, last)
        }

        package func count(includingUnset: Bool) throws -> Int {
            try source.count(
                """
                SELECT count(*) FROM members LEFT JOIN newsletter_answers ON member = id WHERE coalesce(is_yes, ?) = 1
                """, [includingUnset])
        }
    }
}
