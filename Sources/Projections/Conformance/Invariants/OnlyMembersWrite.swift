import Accounts
import Events

/// P-16.1: nothing is written, read or moderated in the name of one who is not a member at the time: no session outlives membership.
struct OnlyMembersWrite: Invariant {
    static let name = InvariantName.onlyMembersWrite
    static let sources: Set<ProjectedEvent.Source> = [.forum, .conversations]

    func take(_ event: AuditedEvent, after history: History, _ violations: inout Violations) {
        guard let member = event.recorded.actor.member else { return }
        let phase = history.member(member).phase
        if phase != .active { violations.add("done while \(phase.rawValue)", at: event.position, of: member) }
    }
}
