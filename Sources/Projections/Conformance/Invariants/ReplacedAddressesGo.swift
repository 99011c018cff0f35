import Accounts
import Events

/// P-12.2: a replaced address is erased when the time for undoing the change is out.
struct ReplacedAddressesGo: Invariant {
    static let name = InvariantName.replacedAddressesGo

    func conclude(_ history: History, at now: Instant, _ violations: inout Violations) {
        for (id, known) in history.members where !history.isDeferred(id, at: now) {
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
