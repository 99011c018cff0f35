import Accounts
import Events

/// P-06.1: a sign-up that is not confirmed, not reviewed, or rejected lapses when its time is out.
struct SignUpsLapse: Invariant {
    static let name = InvariantName.signUpsLapse

    func take(_ event: AuditedEvent, after history: History, _ violations: inout Violations) {
        guard case .accounts(.member(.registration(.confirmed))) = event.kind, let member = event.member else { return }
        switch history.member(member).phase {
        case .unconfirmed, .awaitingReview: break
        case .nobody, .active, .rejected, .deactivated, .closed, .lapsed, .purged:
            violations.add("became a member from being \(history.member(member).phase)", at: event.position, of: member)
        }
    }

    func conclude(_ history: History, at now: Instant, _ violations: inout Violations) {
        for (id, known) in history.members {
            guard let end = end(of: known.member, history.policies.calendar, now.lastLate), end <= now.lastLate else {
                continue
            }
            violations.add("should have gone by \(end)", at: known.since, of: id)
        }
    }

    private func end(of member: Member, _ policies: PolicyCalendar, _ now: Instant) -> Instant? {
        switch member {
        case .unconfirmed(let account): policies.deadline(from: account.signedUpAt, judgedAt: now, \.unconfirmedSignUp)
        case .awaitingReview(_, _, since: let since):
            policies.deadline(from: since, judgedAt: now, \.pendingRegistration)
        case .rejected(_, since: let since): policies.deadline(from: since, judgedAt: now, \.unconfirmedSignUp)
        case .nobody, .active, .deactivated, .closed, .lapsed, .purged: nil
        }
    }
}
