package import Events
import Foundation

/// The secret part of a link about one decision. It is derived, not stored, so that a page and several mails can show the same one.
package struct DecisionLink: Hashable, Sendable, Redacted {
    package enum Purpose: String, CaseIterable, Sendable {
        /// To the page where the receipt of the erasure will appear (P-16.3).
        case receipt
        /// To restore a closed account (P-16.6).
        case restoreLink = "way-back"
        /// To appeal against a closing for breach or a deactivation (P-16.4).
        case appeal
    }

    /// 43 characters of URL-safe base 64.
    package let token: String

    fileprivate init(_ bytes: [UInt8]) { token = Base64URL.encode(bytes) }

    package var hash: TextHash { TextHash(of: token) }
}

extension Accounts {
    /// - Parameters:
    ///   - command: the command that closed or deactivated the account; closing it again gives other links.
    ///   - address: the subject of the mailbox that the link is bound to, if any.
    package func link(
        _ purpose: DecisionLink.Purpose, to member: MemberID, decidedBy command: CommandID, at address: Subject? = nil
    ) -> DecisionLink {
        let words = ["\(purpose.rawValue)", "\(member)", "\(command)"] + [address?.description].compactMap(\.self)
        return DecisionLink(log.secret(words.joined(separator: "\n")))
    }

    /// The link that restores a closed account; nil when the account is not closed.
    ///
    /// A link sent to an address that is no longer the account's, because the change to it was undone, does not match (P-12.2).
    package func restoreLink(of member: MemberID) throws -> DecisionLink? {
        guard case .closed(let account, _) = try self.member(member), let decision = try lastDecision(about: member)
        else { return nil }
        return link(.restoreLink, to: member, decidedBy: decision.command, at: account.email?.subject)
    }

    /// The last decision that closed or deactivated an account: who made it, by which command and when.
    package func lastDecision(about member: MemberID) throws -> (actor: Actor, command: CommandID, at: Instant)? {
        let names = [ClosingEventName.closed, .deactivated].map(\.rawValue)
        return try log.events(in: StreamName(member)).last { names.contains($0.type.name) }
            .map { ($0.actor, $0.command, $0.time) }
    }

    /// The link under which the receipt will appear; nil when the account is not closed.
    package func receiptLink(of member: MemberID) throws -> DecisionLink? {
        guard let closing = try self.member(member).closing, let decision = try lastDecision(about: member) else {
            return nil
        }
        let link = link(.receipt, to: member, decidedBy: decision.command)
        // With another signing key than at the closing the link would lead nowhere.
        return link.hash == closing.receipt ? link : nil
    }
}
