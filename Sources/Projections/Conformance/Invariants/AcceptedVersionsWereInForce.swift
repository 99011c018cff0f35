import Accounts
import Events

/// P-01.1: an acceptance is of the version that was in force, down to its text.
struct AcceptedVersionsWereInForce: Invariant {
    static let name = InvariantName.acceptedVersionsWereInForce

    func take(_ event: AuditedEvent, after history: History, _ violations: inout Violations) {
        if case .accounts(.member(.consent(.policyAccepted(let acceptance)))) = event.kind {
            check(acceptance, history.policies.document, event, &violations)
        }
        if case .accounts(.member(.consent(.termsAccepted(let acceptance)))) = event.kind {
            check(acceptance, history.terms.document, event, &violations)
        }
    }

    private func check(
        _ acceptance: Acceptance, _ document: (some PublishedDocument)?, _ event: AuditedEvent,
        _ violations: inout Violations
    ) {
        if acceptance.version != document?.version {
            violations.add("\(acceptance.version) was not in force", at: event.position, of: event.member)
        } else if acceptance.text != document?.hash {
            violations.add("the text is not that of \(acceptance.version)", at: event.position, of: event.member)
        }
    }
}
