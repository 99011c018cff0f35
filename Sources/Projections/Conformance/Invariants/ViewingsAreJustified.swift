import Accounts
import Events

/// P-16.7: a member's data is opened only with a role and a reason for it, of closed accounts only by administrators, and never when due for
/// erasure.
struct ViewingsAreJustified: Invariant {
    static let name = InvariantName.viewingsAreJustified
    static let sources: Set<ProjectedEvent.Source> = [.oversight]

    func take(_ event: AuditedEvent, after history: History, _ violations: inout Violations) {
        guard case .oversight(let oversight) = event.kind else { return }
        switch oversight {
        case .viewed(let view): check(view.role, event, history, &violations)
        // `NumbersAreShownWithCare` checks who may see a number; here it counts as a viewing of the account.
        case .numberShown(let view): check(view.role, event, history, &violations, mustHaveRole: false)
        case .textNumberShown, .sessionsEnded, .holdProposed, .holdConfirmed, .holdDeclined, .holdPlaced, .holdLifted:
            break
        }
    }

    func takeUnreadable(_ event: RecordedEvent, _ violations: inout Violations) {
        guard event.type.name == OversightEventName.viewed.rawValue else { return }
        violations.add("a viewing without role or reason", at: event.position, of: MemberID(ofDataIn: event.stream))
    }

    private func check(
        _ role: Role, _ event: AuditedEvent, _ history: History, _ violations: inout Violations,
        mustHaveRole: Bool = true
    ) {
        let viewed = MemberID(ofDataIn: event.recorded.stream)
        if mustHaveRole, !history.has(role, event.recorded.actor) {
            violations.add("\(event.recorded.actor) was no \(role.rawValue)", at: event.position, of: viewed)
        }
        guard let viewed else { return }
        let member = history.member(viewed)
        let allowed: Set<Role>
        switch member {
        case .active: allowed = [.administrator, .auditor, .moderator]
        case .unconfirmed, .awaitingReview, .rejected: allowed = [.administrator, .moderator]
        case .deactivated: allowed = [.administrator]
        case .closed(_, let closing):
            allowed = closing.isRestorable(judgedAt: event.time, history.policies.calendar) ? [.administrator] : []
        case .nobody, .lapsed, .purged: allowed = []
        }
        // A wrong role for a number is reported by `NumbersAreShownWithCare`.
        if mustHaveRole ? !allowed.contains(role) : allowed.isEmpty {
            violations.add(
                "\(role.rawValue) looked at one who was \(member.phase.rawValue)", at: event.position, of: viewed)
        }
    }
}
