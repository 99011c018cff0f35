import Accounts
import Events
import Messaging

/// P-09.2: the newsletter goes only to a member who had said yes when the choice was checked, and has not left since then.
struct NewslettersFollowAYes: Invariant {
    static let name = InvariantName.newslettersFollowAYes
    static let sources: Set<ProjectedEvent.Source> = [.accounts, .mail]

    private var answers: [MemberID: [(position: Int, isYes: Bool)]] = [:]

    mutating func take(_ event: AuditedEvent, after history: History, _ violations: inout Violations) {
        if case .accounts(.member(let change)) = event.kind, let member = event.member,
            let isYes = answer(in: change)
        {
            answers[member, default: []].append((event.position, isYes))
        }
        guard case .mail(.handedOver(let mail)) = event.kind, mail.key.name == .newsletter else { return }
        let member = mail.key.member
        // An answer after the check, while the mail was on its way, came too late.
        let last = answers[member]?.last { $0.position <= mail.checked }
        let isSentUnasked = history.policies.document?.rules.mail.newsletter == .on
        if !(last?.isYes ?? isSentUnasked) {
            violations.add("a newsletter was sent to one who had not said yes", at: event.position, of: member)
        }
    }

    private func answer(in event: MemberEvent) -> Bool? {
        switch event {
        case .consent(.newsletterAnswered(let answer)): answer.isYes
        // A member who leaves has to ask for it again.
        case .closing(.closed), .closing(.deactivated): false
        default: nil
        }
    }
}
