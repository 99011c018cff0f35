import Accounts
import Events

/// P-16.6: an account whose number is another account's ends when its time is out, and returns only with the number.
struct DuplicatesEnd: Invariant {
    static let name = InvariantName.duplicatesEnd

    /// The last account that returned from having ended as a duplicate, until its next event.
    private var returned: (member: MemberID, command: CommandID, position: Int)?

    mutating func take(_ event: AuditedEvent, after history: History, _ violations: inout Violations) {
        if let open = returned {
            returned = nil
            guard event.member == open.member, event.recorded.command == open.command,
                case .accounts(.member(.profile(.numberSet(let move)))) = event.kind, move.standing == .held
            else { return violations.add("came back without the number", at: open.position, of: open.member) }
        }
        guard let member = event.member else { return }
        if case .accounts(.member(.closing(.restored))) = event.kind,
            history.member(member).closing?.cause == .duplicate
        {
            returned = (member, event.recorded.command, event.position)
        }
        if case .accounts(.member(.closing(.closed(let closing)))) = event.kind, closing.cause == .duplicate,
            history.member(member).account?.duplicateSince == nil
        {
            violations.add("ended as a duplicate, though it held its number", at: event.position, of: member)
        }
    }

    func conclude(_ history: History, at now: Instant, _ violations: inout Violations) {
        if let returned { violations.add("came back without the number", at: returned.position, of: returned.member) }
        let suspended = Set(history.members.filter { $0.value.member.active == nil }.keys)
        for (id, known) in history.members {
            switch known.member {
            case .active(let account), .deactivated(let account, _):
                guard let end = account.endDue(judgedAt: now.lastLate, history.policies.calendar),
                    end <= now.lastLate, !history.staff.isLastAdministrator(id, excluding: suspended)
                else { continue }
                violations.add("should have ended by \(end)", at: known.since, of: id)
            case .nobody, .unconfirmed, .awaitingReview, .rejected, .closed, .lapsed, .purged: break
            }
        }
    }
}
