import Accounts
import Events

/// P-01.1, P-11.2: members consent only for themselves. The administration too may withdraw a consent, for example to protect an identity.
struct ConsentsAreOnesOwn: Invariant {
    static let name = InvariantName.consentsAreOnesOwn

    func take(_ event: AuditedEvent, after history: History, _ violations: inout Violations) {
        guard let member = event.member else { return }
        if case .accounts(.member(.consent(.given(let purpose, form: _)))) = event.kind {
            let isByOneself: Bool =
                switch history.member(member).phase {
                // The form is sent before the first sign-in.
                case .nobody, .unconfirmed: event.recorded.actor == .visitor
                case .active: event.recorded.actor == .member(member)
                case .awaitingReview, .rejected, .deactivated, .closed, .lapsed, .purged: false
                }
            if !isByOneself {
                violations.add(
                    "\(purpose.rawValue) was given by \(event.recorded.actor)", at: event.position, of: member)
            }
        }
        if case .accounts(.member(.consent(.withdrawn(let purpose)))) = event.kind,
            history.member(member).account?.consents.contains(purpose) != true
        {
            violations.add("\(purpose.rawValue) was never given", at: event.position, of: member)
        }
    }
}
