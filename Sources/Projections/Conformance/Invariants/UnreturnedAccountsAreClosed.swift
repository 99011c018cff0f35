import Accounts
import Events

/// P-16.4: a suspended account whose member does not return is closed, so that its year begins.
struct UnreturnedAccountsAreClosed: Invariant {
    static let name = InvariantName.unreturnedAccountsAreClosed

    func conclude(_ history: History, at now: Instant, _ violations: inout Violations) {
        for (id, known) in history.members {
            guard let deactivation = known.member.deactivation else { continue }
            let end = deactivation.countsAsClosed(judgedAt: now.lastLate, history.policies.calendar)
            if end <= now.lastLate { violations.add("should have been closed by \(end)", at: known.since, of: id) }
        }
    }
}
