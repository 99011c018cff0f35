import Accounts
import Events

/// P-12.3: a registered number is shown to administrators only, and a number in a text to those who handle it.
struct NumbersAreShownWithCare: Invariant {
    static let name = InvariantName.numbersAreShownWithCare
    static let sources: Set<ProjectedEvent.Source> = [.oversight]

    func take(_ event: AuditedEvent, after history: History, _ violations: inout Violations) {
        guard case .oversight(let oversight) = event.kind else { return }
        switch oversight {
        case .numberShown(let view): check(view.role, among: [.administrator], event, history, &violations)
        // The writer may have left since: what she wrote in a case is kept with the case.
        case .textNumberShown(let view):
            check(view.role, among: [.administrator, .moderator], event, history, &violations)
        case .viewed, .sessionsEnded, .holdProposed, .holdConfirmed, .holdDeclined, .holdPlaced, .holdLifted: break
        }
    }

    private func check(
        _ role: Role, among allowed: Set<Role>, _ event: AuditedEvent, _ history: History,
        _ violations: inout Violations
    ) {
        let viewed = MemberID(ofDataIn: event.recorded.stream)
        if !history.has(role, event.recorded.actor) {
            violations.add("\(event.recorded.actor) was no \(role.rawValue)", at: event.position, of: viewed)
        } else if !allowed.contains(role) {
            violations.add("a number was shown to one in the role \(role.rawValue)", at: event.position, of: viewed)
        }
    }
}

extension History {
    /// Whether an actor is a member with that role at the moment, or the operator, who has all of them.
    func has(_ role: Role, _ actor: Actor) -> Bool {
        switch actor {
        case .operator: true
        case .member(let id): member(id).phase == .active && staff.roles(of: id).contains(role)
        case .visitor, .system: false
        }
    }
}
