package import Accounts
import Events
package import Messaging

/// P-15.1: no mail is sent that its recipient had switched off, or had not asked for, when the choice was checked. The newsletter is checked by
/// `NewslettersFollowAYes`.
struct MailsFollowChoices: Invariant {
    static let name = InvariantName.mailsFollowChoices
    static let sources: Set<ProjectedEvent.Source> = [.accounts, .mail]

    private enum Sort: Hashable, Sendable {
        case kind(MailKind)
        /// The daily mail of all kinds that are sent once a day.
        case digest
    }

    /// A member's choice, from a position on; nil where the policy decides.
    private struct Choice: Sendable {
        let position: Int
        let isYes: Bool?
    }

    private var choices: [MemberID: [Sort: [Choice]]] = [:]
    /// The kinds that each member has chosen to receive once a day.
    private var daily: [MemberID: Set<MailKind>] = [:]

    mutating func take(_ event: AuditedEvent, after history: History, _ violations: inout Violations) {
        if case .accounts(.member(let account)) = event.kind, let member = event.member {
            note(account, member, event.position)
        }
        guard case .mail(.handedOver(let mail)) = event.kind, let sort = sort(of: mail.key.name) else { return }
        let (member, name) = (mail.key.member, mail.key.name.rawValue)
        // A choice made after the check, while the mail was on its way, came too late.
        let choice = choices[member]?[sort]?.last { $0.position <= mail.checked }
        if !(choice?.isYes ?? isSentUnasked(sort, history)) {
            violations.add("\(name) was sent against the choice", at: event.position, of: member)
        }
    }

    private mutating func note(_ event: MemberEvent, _ member: MemberID, _ position: Int) {
        if case .consent(.mailChoiceSet(let kind, let choice)) = event {
            let isYes: Bool? =
                switch choice {
                case .unset: nil
                case .yes, .daily: true
                case .no: false
                }
            add(.kind(kind), isYes, of: member, position)
            if choice == .daily { daily[member, default: []].insert(kind) } else { daily[member]?.remove(kind) }
            add(.digest, daily[member].map { !$0.isEmpty }, of: member, position)
        }
    }

    private mutating func add(_ sort: Sort, _ isYes: Bool?, of member: MemberID, _ position: Int) {
        choices[member, default: [:]][sort, default: []].append(Choice(position: position, isYes: isYes))
    }

    /// Nil for mails that cannot be switched off.
    private func sort(of name: MailName) -> Sort? {
        name == .digest ? .digest : MailKind(sentAs: name).map(Sort.kind)
    }

    private func isSentUnasked(_ sort: Sort, _ history: History) -> Bool {
        guard let rules = history.policies.document?.rules.mail else { return false }
        switch sort {
        case .kind(let kind): return rules.sendsUnasked(kind)
        case .digest: return false
        }
    }
}

extension MailKind {
    /// The kind that mails of a name belong to; nil for those that cannot be switched off, and for those that gather several kinds.
    package init?(sentAs name: MailName) {
        switch name.rawValue {
        case "new-message": self = .privateMessage
        case "new-reply": self = .reply
        case "new-mention": self = .mention
        case "new-quote": self = .quote
        case "new-watched": self = .watched
        default: return nil
        }
    }
}
