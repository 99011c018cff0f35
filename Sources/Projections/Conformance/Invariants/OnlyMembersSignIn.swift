import Accounts
import Events

/// P-16.1: a person who has left, or was excluded, cannot sign in.
struct OnlyMembersSignIn: Invariant {
    static let name = InvariantName.onlyMembersSignIn

    func take(_ event: AuditedEvent, after history: History, _ violations: inout Violations) {
        guard case .accounts(.signIn(.signedIn(let member, _))) = event.kind else { return }
        switch history.member(member) {
        case .active: return
        // Once the suspension is over a member returns by signing in; that event follows.
        case .deactivated(_, let deactivation) where event.time >= deactivation.until: return
        case .deactivated, .nobody, .unconfirmed, .awaitingReview, .rejected, .closed, .lapsed, .purged: break
        }
        violations.add("signed in while \(history.member(member).phase.rawValue)", at: event.position, of: member)
    }
}
