import Accounts
import Events

/// P-16.4: only the administration restores an account that was closed for breach, or lets a member return before a suspension is over.
struct NobodyReturnsFromBreachAlone: Invariant {
    static let name = InvariantName.nobodyReturnsFromBreachAlone

    func take(_ event: AuditedEvent, after history: History, _ violations: inout Violations) {
        guard let member = event.member, isReturn(event),
            !isByAdministration(event.recorded.actor, of: member, history)
        else { return }
        switch history.member(member) {
        case .closed(_, let closing) where closing.cause == .breach:
            violations.add("came back alone from a breach", at: event.position, of: member)
        case .deactivated(_, let deactivation) where event.time < deactivation.until:
            violations.add("came back before the suspension was over", at: event.position, of: member)
        case .closed, .deactivated, .nobody, .unconfirmed, .awaitingReview, .active, .rejected, .lapsed, .purged: break
        }
    }

    private func isReturn(_ event: AuditedEvent) -> Bool {
        if case .accounts(.member(.closing(.restored))) = event.kind { return true }
        if case .accounts(.member(.closing(.returned))) = event.kind { return true }
        return false
    }

    private func isByAdministration(_ actor: Actor, of member: MemberID, _ history: History) -> Bool {
        switch actor {
        case .operator: true
        case .member(let id): id != member && history.staff.roles(of: id).contains(.administrator)
        case .visitor, .system: false
        }
    }
}
