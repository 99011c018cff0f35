import Accounts
import Events

/// P-16.4: a closing for breach, and a suspension, state which rule was broken, and how.
struct DecisionsHaveReasons: Invariant {
    static let name = InvariantName.decisionsHaveReasons

    func take(_ event: AuditedEvent, after history: History, _ violations: inout Violations) {
        guard case .accounts(.member(.closing(.closed(let closing)))) = event.kind else { return }
        if closing.cause == .breach, closing.reasons == nil {
            violations.add("closed for breach without reasons", at: event.position, of: event.member)
        }
    }

    func takeUnreadable(_ event: RecordedEvent, _ violations: inout Violations) {
        guard event.type.name == ClosingEventName.deactivated.rawValue, event.subject == nil else { return }
        violations.add("suspended without reasons", at: event.position, of: event.stream.id())
    }
}
