import Accounts
import Events

/// P-01.3: a member with a major change to accept can read, export and leave, and nothing else.
struct NobodyWritesBeforeAccepting: Invariant {
    static let name = InvariantName.nobodyWritesBeforeAccepting
    static let sources: Set<ProjectedEvent.Source> = [.forum]

    func take(_ event: AuditedEvent, after history: History, _ violations: inout Violations) {
        guard let member = event.recorded.actor.member, let account = history.member(member).active else { return }
        if mustAccept(account.policy, history.policies, account, event.time) {
            violations.add("the policy was not accepted anew", at: event.position, of: member)
        }
        if mustAccept(account.terms, history.terms, account, event.time) {
            violations.add("the terms were not accepted anew", at: event.position, of: member)
        }
    }

    private func mustAccept<Document: PublishedDocument>(
        _ accepted: Acceptance?, _ text: CurrentText<Document>, _ account: Account, _ time: Instant
    ) -> Bool {
        // The usual case; all others need the calendar.
        if accepted?.version == text.document?.version { return false }
        return text.calendar.mustBeAccepted(after: accepted?.version, returnedAt: account.returnedAt, at: time)
    }
}
