import Accounts
import Events

/// P-16.1: whoever has left, or was put out, does not get in.
struct OnlyMembersSignIn: Invariant {
    static let name = InvariantName.onlyMembersSignIn

    func take(_ event: AuditedEvent, after history: History, _ violations: inout Violations) {
        guard case .accounts(.signIn(.signedIn(let member, _))) = event.kind else { return }
        switch history.member(member) {
        case .active: return
        // Signing in is how one comes back once the suspension is over; that event follows.
        case .deactivated(_, let deactivation) where event.time >= deactivation.until: return
        case .deactivated, .nobody, .unconfirmed, .awaitingReview, .rejected, .closed, .lapsed, .purged: break
        }
        violations.add("signed in while \(history.member(member).phase.rawValue)", at: event.position, of: member)
    }
}
