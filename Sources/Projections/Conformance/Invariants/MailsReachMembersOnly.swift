import Accounts
import Events
import Messaging

/// P-15.2: mail that can be switched off goes only to members, and not to an address that refuses mail.
struct MailsReachMembersOnly: Invariant {
    static let name = InvariantName.mailsReachMembersOnly
    static let sources: Set<ProjectedEvent.Source> = [.mail]

    private var mailboxes: [MemberID: Mailbox] = [:]
    /// The position from which each address refuses mail.
    private var refusals: [Subject: Int] = [:]

    mutating func take(_ event: AuditedEvent, after history: History, _ violations: inout Violations) {
        guard case .mail(let mail) = event.kind else { return }
        note(mail, event)
        guard case .handedOver(let mail) = mail, mail.key.name.canBeSwitchedOff else { return }
        let (member, name) = (mail.key.member, mail.key.name.rawValue)
        if let refusal = mail.address.flatMap({ refusals[$0] }), refusal <= mail.checked {
            violations.add("\(name) was sent to an address that refuses mail", at: event.position, of: member)
        }
        if let known = history.members[member], known.member.active == nil, known.since <= mail.checked {
            violations.add(
                "\(name) was sent to one who is \(known.member.phase.rawValue)", at: event.position, of: member)
        }
    }

    private mutating func note(_ event: MailEvent, _ audited: AuditedEvent) {
        let (member, address): (MemberID, Subject)
        switch event {
        case .bounced(let bounce): (member, address) = (bounce.key.member, bounce.address)
        case .addressRetried(let subject, let owner): (member, address) = (owner, subject)
        case .handedOver, .givenUp, .suppressed, .released: return
        }
        mailboxes[member, default: .initial].evolve(event, at: audited.time)
        let isRefusing = mailboxes[member]?.refusal(at: address) != nil
        refusals[address] = isRefusing ? refusals[address] ?? audited.position : nil
    }
}

extension MailName {
    /// The daily mail of all kinds that are sent once a day.
    static let digest = MailName(rawValue: "digest")

    var canBeSwitchedOff: Bool { self == .newsletter || self == .digest || MailKind(sentAs: self) != nil }
}
