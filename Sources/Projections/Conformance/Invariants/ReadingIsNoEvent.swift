import Accounts
import Events
import Messaging

/// P-06.4: what a member reads is no event, under a version that says so.
struct ReadingIsNoEvent: Invariant {
    static let name = InvariantName.readingIsNoEvent
    static let sources: Set<ProjectedEvent.Source> = [.conversations, .notifications]

    func take(_ event: AuditedEvent, after history: History, _ violations: inout Violations) {
        switch event.kind {
        case .conversations(.read), .notifications(.read), .notifications(.opened): break
        default: return
        }
        guard history.policies.document?.hasClause(ReadingIsNoEvent.name.clause) == true else { return }
        violations.add("\(event.recorded.type.name) tells what was read", at: event.position)
    }
}

extension PolicyDocument {
    func hasClause(_ clause: PolicyClause) -> Bool { text.clauses.contains { $0.id == clause.rawValue } }
}
