package import Events
import Foundation

/// The secret end of a link about one decision. A page and several mails show the same one although it is stored nowhere.
package struct DecisionLink: Hashable, Sendable, Redacted {
    package enum Purpose: String, CaseIterable, Sendable {
        /// Where the receipt of the erasure will appear (P-16.3).
        case receipt
        /// Where a closed account is restored (P-16.6).
        case restoreLink = "way-back"
        /// Where a closing for breach or a deactivation is appealed against (P-16.4).
        case appeal
    }

    /// 43 characters of base 64 for addresses.
    package let token: String

    fileprivate init(_ bytes: [UInt8]) {
        token = Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
            .replacing("=", with: "")
    }

    package var hash: TextHash { TextHash(of: token) }
}

extension Accounts {
    /// - Parameters:
    ///   - command: the one that closed or deactivated the account: whoever closes it again gets other links.
    ///   - address: whose mailbox the link is for, if it is to be worth nothing elsewhere.
    package func link(
        _ purpose: DecisionLink.Purpose, to member: MemberID, decidedBy command: CommandID, at address: Subject? = nil
    ) -> DecisionLink {
        let words = ["\(purpose.rawValue)", "\(member)", "\(command)"] + [address?.description].compactMap(\.self)
        return DecisionLink(log.secret(words.joined(separator: "\n")))
    }

    /// Where a closed account is restored; nil when it is not closed. Whoever was sent the link at an address that is not the account's any more,
    /// because the change to it was undone, has nothing of it (P-12.2).
    package func wayBackLink(of member: MemberID) throws -> DecisionLink? {
        guard case .closed(let account, _) = try self.member(member), let decision = try lastDecision(about: member)
        else { return nil }
        return link(.restoreLink, to: member, decidedBy: decision.command, at: account.email?.subject)
    }

    /// What closed or deactivated an account last: who did it, and by which command.
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
