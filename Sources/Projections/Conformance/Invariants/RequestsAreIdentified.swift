import Events
import Messaging

/// P-17.2: a request about rights from one who was not signed in is granted only when a member has proved to have made it.
struct RequestsAreIdentified: Invariant {
    static let name = InvariantName.requestsAreIdentified
    static let sources: Set<ProjectedEvent.Source> = [.cases]

    private var unidentified: Set<StreamName> = []

    mutating func take(_ event: AuditedEvent, after history: History, _ violations: inout Violations) {
        guard case .cases(let change) = event.kind else { return }
        let stream = event.recorded.stream
        switch change {
        case .opened(let opening):
            if case .rights = opening.topic, opening.opener == nil { unidentified.insert(stream) }
        case .identified: unidentified.remove(stream)
        case .decided(let decision):
            switch decision.outcome {
            case .upheld, .partly:
                if unidentified.contains(stream) {
                    violations.add("granted to one whose identity is not proved", at: event.position)
                }
            case .rejected: break
            }
        case .contactGiven, .stated, .replied, .noted, .assigned, .warned, .closed, .reopened, .appealed, .extended,
            .identityChecked, .mailSetAside, .mailFiled, .mailReceived, .answersDirected, .erased:
            break
        }
    }
}
