import Accounts
import Events

/// P-01.1: policy and terms are accepted, in separate events, before a person becomes a member.
struct MembersAcceptedBothTexts: Invariant {
    static let name = InvariantName.membersAcceptedBothTexts

    func take(_ event: AuditedEvent, after history: History, _ violations: inout Violations) {
        guard case .accounts(.member(.registration(.confirmed))) = event.kind, let member = event.member else { return }
        let account = history.member(member).account
        if account?.policy == nil { violations.add("the policy was not accepted", at: event.position, of: member) }
        if account?.terms == nil { violations.add("the terms were not accepted", at: event.position, of: member) }
    }
}
