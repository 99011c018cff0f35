import Accounts
import Events

/// P-12.2: every replaced address is erased when the time for undoing the change is out, also when it was replaced again.
struct ReplacedAddressesGo: Invariant {
    static let name = InvariantName.replacedAddressesGo

    private struct Replaced {
        let subject: Subject
        let member: MemberID
        let time: Instant
        let position: Int
    }

    private var replaced: [Replaced] = []

    mutating func take(_ event: AuditedEvent, after history: History, _ violations: inout Violations) {
        guard case .accounts(.member(.email(let change))) = event.kind, let member = event.member else { return }
        switch change {
        case .changed:
            guard let email = history.member(member).account?.email else { return }
            replaced.append(
                Replaced(subject: email.subject, member: member, time: event.time, position: event.position))
        // Let go, or the member's address again: the last one, not one before it.
        case .changeCompleted, .changeUndone:
            if let last = replaced.lastIndex(where: { $0.member == member }) { replaced.remove(at: last) }
        case .given, .changeRequested: break
        }
    }

    func conclude(_ history: History, at now: Instant, _ violations: inout Violations) {
        for old in replaced where !history.fences.cover(old.subject, of: Owner(old.member)) {
            guard history.member(old.member).phase != .lapsed, !history.isDeferred(old.member, at: now),
                let end = history.policies.calendar.deadline(from: old.time, judgedAt: now.lastLate, \.emailUndo),
                end <= now.lastLate
            else { continue }
            violations.add("should have been let go by \(end)", at: old.position, of: old.member)
        }
    }
}
