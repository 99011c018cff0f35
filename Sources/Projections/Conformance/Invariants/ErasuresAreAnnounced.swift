import Accounts
import Events

/// P-16.3: a member is reminded of the erasure early enough to restore the account.
struct ErasuresAreAnnounced: Invariant {
    static let name = InvariantName.erasuresAreAnnounced

    func take(_ event: AuditedEvent, after history: History, _ violations: inout Violations) {
        guard case .accounts(.member(.closing(.purged(nil)))) = event.kind, let member = event.member,
            let closing = history.member(member).closing,
            !closing.isRestorable(judgedAt: event.time, history.policies.calendar)
        else { return }
        let policies = history.policies.calendar
        // A version that shortened the time limit may have left no time for a reminder: the rules of the day before apply.
        let eve = closing.purgeDue(judgedAt: event.time, policies).advanced(seconds: -Leeway.erasing)
        guard closing.isRestorable(judgedAt: eve, policies),
            let notice = closing.purgeNoticeDue(judgedAt: eve, policies), notice.isLate(at: eve)
        else { return }
        switch closing.announcedAt {
        case nil: violations.add("erased without a reminder", at: event.position, of: member)
        case let announced?:
            if let due = closing.erasureDue(judgedAt: event.time, policies),
                event.time.isLate(at: due, after: Leeway.erasing)
            {
                violations.add("erased too soon after the reminder of \(announced)", at: event.position, of: member)
            }
        }
    }

    func conclude(_ history: History, at now: Instant, _ violations: inout Violations) {
        let policies = history.policies.calendar
        for (id, known) in history.members {
            guard let closing = known.member.closing, closing.announcedAt == nil,
                closing.isNoticeDue(judgedAt: now, policies),
                let notice = closing.purgeNoticeDue(judgedAt: now.lastLate, policies), notice <= now.lastLate
            else { continue }
            violations.add("should have been reminded by \(notice)", at: known.since, of: id)
        }
    }
}
