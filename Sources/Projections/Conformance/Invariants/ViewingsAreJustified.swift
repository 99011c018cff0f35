import Accounts
import Events

/// P-16.7: a member's data is opened only with a role for it, of closed accounts only by administrators, and never when due for erasure.
/// P-12.3: a registered number is shown to administrators only, and a number in a text to those who handle it.
///
/// An event without a reason cannot be read, and is reported as unreadable.
struct ViewingsAreJustified: Invariant {
    static let name = InvariantName.viewingsAreJustified
    static let sources: Set<ProjectedEvent.Source> = [.oversight]

    func take(_ event: AuditedEvent, after history: History, _ violations: inout Violations) {
        guard case .oversight(let oversight) = event.kind else { return }
        switch oversight {
        case .viewed(let view): check(view.role, event, history, &violations)
        case .numberShown(let view):
            check(view.role, event, history, &violations)
            if view.role != .administrator {
                violations.add("a number was shown to one in the role \(view.role.rawValue)", at: event.position)
            }
        case .textNumberShown(let view):
            // The writer may have left since: what she wrote in a case is kept as long as the case.
            if !has(view.role, event.recorded.actor, history) || ![.administrator, .moderator].contains(view.role) {
                violations.add(
                    "\(event.recorded.actor) was no \(view.role.rawValue) who reads texts", at: event.position,
                    of: MemberID(ofDataIn: event.recorded.stream))
            }
        case .sessionsEnded, .holdProposed, .holdConfirmed, .holdDeclined, .holdPlaced, .holdLifted: break
        }
    }

    private func check(
        _ role: Role, _ event: AuditedEvent, _ history: History, _ violations: inout Violations
    ) {
        let viewed = MemberID(ofDataIn: event.recorded.stream)
        if !has(role, event.recorded.actor, history) {
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
        if !allowed.contains(role) {
            violations.add(
                "\(role.rawValue) looked at one who was \(member.phase.rawValue)", at: event.position, of: viewed)
        }
    }

    private func has(_ role: Role, _ actor: Actor, _ history: History) -> Bool {
        switch actor {
        case .operator: true
        case .member(let id): history.member(id).phase == .active && history.staff.roles(of: id).contains(role)
        case .visitor, .system: false
        }
    }
}
