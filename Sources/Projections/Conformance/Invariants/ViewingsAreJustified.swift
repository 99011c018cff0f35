import Accounts
import Events

/// P-16.7: a member's data is opened only with a role for it, of closed accounts only by administrators, and never when due for erasure.
///
/// An event without a reason cannot be read, and is reported as unreadable.
struct ViewingsAreJustified: Invariant {
    static let name = InvariantName.viewingsAreJustified
    static let sources: Set<ProjectedEvent.Source> = [.oversight]

    func take(_ event: AuditedEvent, after history: History, _ violations: inout Violations) {
        guard case .oversight(.viewed(let view)) = event.kind else { return }
        let viewed = MemberID(ofDataIn: event.recorded.stream)
        if !has(view.role, event.recorded.actor, history) {
            violations.add("\(event.recorded.actor) was no \(view.role.rawValue)", at: event.position, of: viewed)
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
        if !allowed.contains(view.role) {
            violations.add(
                "\(view.role.rawValue) looked at one who was \(member.phase.rawValue)", at: event.position, of: viewed)
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
