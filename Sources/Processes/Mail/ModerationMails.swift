import Accounts
package import Events
package import Forum
import Messaging
import SiteMap

/// The mails to an author about a moderator's decision: the rule, the consequence, and the means of redress (DSA Art. 17).
/// They do not repeat the text.
extension MailWriter {
    /// Nil if the decision no longer stands.
    func aboutText(_ entry: Outbox.Entry, _ now: Instant) throws -> OutgoingMail? {
        guard let event = try log.events(after: entry.position - 1, limit: 1).first,
            let known = try ForumEvent.decode(event), let decision = try TextDecision(known, in: forum),
            let account = try recipient(entry.member)
        else { return nil }
        return mail(entry, to: account, now) { .textDecided(decision, siteName: sheet.siteName) }
    }

    /// A deactivated member gets the reasons too.
    private func recipient(_ member: MemberID) throws -> Account? {
        switch try accounts.member(member) {
        case .active(let account), .deactivated(let account, _): account
        case .nobody, .unconfirmed, .awaitingReview, .rejected, .lapsed, .closed, .purged: nil
        }
    }
}

/// A decision about a text that still stands.
private enum TextDecision {
    case removed(PostID, RemovalReason)
    case reinstated(PostID)
    case erased(PostID, TextErasureReason)
    case titleErased(ThreadID, TextErasureReason)

    init?(_ event: ForumEvent, in forum: Forum) throws {
        switch event {
        case .post(.removed(let id, let reason)):
            guard case .removed = try forum.post(id)?.post else { return nil }
            self = .removed(id, reason)
        case .post(.reinstated(let id)):
            guard case .visible = try forum.post(id)?.post else { return nil }
            self = .reinstated(id)
        case .post(.erased(let id, fence: _, let reason)): self = .erased(id, reason)
        case .thread(.titleErased(let id, fence: _, let reason)): self = .titleErased(id, reason)
        case .category, .thread(.opened), .thread(.retitled), .thread(.moved), .thread(.closed), .thread(.reopened),
            .thread(.pinned), .thread(.unpinned), .post(.published), .post(.revised), .post(.deleted), .post(.restored),
            .post(.deletionCompleted), .post(.revisionDeleted),
            .post(.revisionRestored), .post(.revisionDeletionCompleted):
            return nil
        }
    }

    var place: SiteLink {
        switch self {
        case .removed(let id, _), .reinstated(let id), .erased(let id, _): .post(id)
        case .titleErased(let id, _): .thread(id)
        }
    }

    func subject(_ siteName: String) -> String {
        switch self {
        case .removed: "Vi har tagit bort ett inlägg som du skrev hos \(siteName)"
        case .reinstated: "Ditt inlägg hos \(siteName) syns igen"
        case .erased: "Vi har raderat ett inlägg som du skrev hos \(siteName)"
        case .titleErased: "Vi har raderat rubriken på en tråd som du startade hos \(siteName)"
        }
    }

    var meaning: String {
        switch self {
        case .removed: "En moderator har tagit bort inlägget. Ingen annan ser det längre, men det kan återställas."
        case .reinstated:
            "En moderator hade tagit bort inlägget och har nu återställt det. Alla som ser tråden ser det."
        case .erased: "En moderator har raderat inlägget för gott. Det går inte att återställa."
        case .titleErased: "En moderator har raderat rubriken för gott. Tråden finns kvar utan den."
        }
    }

    var reason: String? {
        switch self {
        case .removed(_, let reason): reason.words
        case .erased(_, let reason), .titleErased(_, let reason): reason.words.inSentence
        case .reinstated: nil
        }
    }
}

extension SiteMail {
    /// Nil for the author's own requests, and for measures that leave the text in place: the notification on the site covers those.
    package static func due(after event: ForumEvent) -> SiteMail? {
        switch event {
        case .post(.removed): .textRemoved
        case .post(.erased(_, fence: _, let reason)), .thread(.titleErased(_, fence: _, let reason)):
            reason == .authorsRequest ? nil : .textRemoved
        case .post(.reinstated): .textReinstated
        case .category, .thread(.opened), .thread(.retitled), .thread(.moved), .thread(.closed), .thread(.reopened),
            .thread(.pinned), .thread(.unpinned), .post(.published), .post(.revised), .post(.deleted), .post(.restored),
            .post(.deletionCompleted), .post(.revisionDeleted),
            .post(.revisionRestored), .post(.revisionDeletionCompleted):
            nil
        }
    }
}

extension Forum {
    /// The author of the text that a moderation event concerns.
    package func author(of event: ForumEvent) throws -> MemberID? {
        switch event {
        case .post(.removed(let id, _)), .post(.reinstated(let id)), .post(.erased(let id, fence: _, _)):
            try post(id)?.post.facts?.author
        case .thread(.titleErased(let id, fence: _, _)): try thread(id).facts?.author
        case .category, .thread(.opened), .thread(.retitled), .thread(.moved), .thread(.closed), .thread(.reopened),
            .thread(.pinned), .thread(.unpinned), .post(.published), .post(.revised), .post(.deleted), .post(.restored),
            .post(.deletionCompleted), .post(.revisionDeleted),
            .post(.revisionRestored), .post(.revisionDeletionCompleted):
            nil
        }
    }
}

extension MailText {
    fileprivate static func textDecided(_ decision: TextDecision, siteName: String) -> MailText {
        let statement: [Part] =
            decision.reason.map { reason in
                [
                    .text("Skälet: \(reason)."),
                    .text(
                        "Beslutet grundar sig på det som stod i texten. Det har fattats av en människa, och inget automatiskt hjälpmedel har använts."
                    ),
                    .link("Reglerna står i medlemsvillkoren", to: .memberTerms()),
                    .text("Tycker du att vi har gjort fel? Skriv till oss, så prövar någon annan saken, om det går."),
                ] + elsewhere
            } ?? []
        return MailText(
            subject: decision.subject(siteName),
            parts: [.text("Hej!"), .text(decision.meaning), .link("Se var texten står eller stod", to: decision.place)]
                + statement,
            reason:
                "Du får mejlet för att det är ett beslut om något som du har skrivit. Sådana mejl går inte att välja bort."
        )
    }
}
