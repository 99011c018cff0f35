import Accounts
import Events

/// P-12.2: the old address is kept for undoing the change, and no longer.
struct ReplacedAddressesGo: Invariant {
    static let name = InvariantName.replacedAddressesGo

    func conclude(_ history: History, at now: Instant, _ violations: inout Violations) {
        for (id, known) in history.members where !history.held.contains(id) {
            guard let previous = known.member.account?.previousEmail, known.member.phase != .lapsed,
                !history.fences.cover(previous.email.subject, of: previous.email.owner),
                let end = history.policies.calendar.deadline(
                    from: previous.replacedAt, judgedAt: now.lastLate, \.emailUndo),
                end <= now.lastLate
            else { continue }
            violations.add("should have been let go by \(end)", at: known.since, of: id)
        }
    }
}
