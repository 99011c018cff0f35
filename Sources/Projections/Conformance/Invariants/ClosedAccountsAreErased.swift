import Accounts
import Events

/// P-16.3: a closed account is erased when its time is out, not sooner unless that was ordered, and not at all under a legal hold.
struct ClosedAccountsAreErased: Invariant {
    static let name = InvariantName.closedAccountsAreErased

    func take(_ event: AuditedEvent, after history: History, _ violations: inout Violations) {
        guard case .accounts(.member(.closing(.purged(let order)))) = event.kind, let member = event.member else {
            return
        }
        guard let closing = history.member(member).closing else {
            return violations.add("erased without having been closed", at: event.position, of: member)
        }
        if order == nil, closing.isRestorable(judgedAt: event.time, history.policies.calendar) {
            violations.add("erased before its time was out", at: event.position, of: member)
        }
    }

    func conclude(_ history: History, at now: Instant, _ violations: inout Violations) {
        for (id, known) in history.members where !history.isDeferred(id, at: now) {
            guard let closing = known.member.closing else { continue }
            // A missing reminder is reported by `ErasuresAreAnnounced`.
            guard let due = closing.erasureDue(judgedAt: now.lastLate, history.policies.calendar) else { continue }
            if due <= now.lastLate { violations.add("should have been erased by \(due)", at: known.since, of: id) }
        }
    }
}
