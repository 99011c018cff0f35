import Accounts
import Events

/// P-16.3, P-16.6: once the time is out an account is not restored, whether or not it has been erased yet.
struct RestoredInTime: Invariant {
    static let name = InvariantName.restoredInTime

    func take(_ event: AuditedEvent, after history: History, _ violations: inout Violations) {
        guard case .accounts(.member(.closing(.restored))) = event.kind, let member = event.member else { return }
        if let closing = history.member(member).closing,
            !closing.isRestorable(judgedAt: event.time, history.policies.calendar)
        {
            violations.add("restored when it should have been erased", at: event.position, of: member)
        }
        switch history.member(member).phase {
        case .closed, .deactivated: break
        case .nobody, .unconfirmed, .awaitingReview, .active, .rejected, .lapsed, .purged:
            violations.add("there was nothing to restore", at: event.position, of: member)
        }
    }
}
