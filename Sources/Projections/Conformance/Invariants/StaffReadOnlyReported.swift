import Accounts
import Events
import Messaging

/// P-06.2: an administrator reads a private message only when a participant has reported it.
struct StaffReadOnlyReported: Invariant {
    static let name = InvariantName.staffReadOnlyReported
    static let sources: Set<ProjectedEvent.Source> = [.conversations]

    private var reported: Set<MessageID> = []

    mutating func take(_ event: AuditedEvent, after history: History, _ violations: inout Violations) {
        if case .conversations(.reported(_, let report)) = event.kind { reported.insert(report.message) }
        guard case .conversations(.opened(_, let message, _)) = event.kind else { return }
        if !reported.contains(message) { violations.add("opened a message that nobody reported", at: event.position) }
        guard case .member(let reader) = event.recorded.actor, history.member(reader).phase == .active,
            history.staff.roles(of: reader).contains(.administrator)
        else {
            return violations.add("\(event.recorded.actor) opened a message", at: event.position)
        }
    }
}
