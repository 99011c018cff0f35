import Accounts
import Events
import Forum
import Messaging

/// P-08.2: a text is removed only after a decision in a case about it, so that its author learns the reasons and can appeal. Judged under
/// versions with P-06.4: earlier programs removed without a case.
struct RemovalsAreCases: Invariant {
    static let name = InvariantName.removalsAreCases
    static let sources: Set<ProjectedEvent.Source> = [.forum, .cases]

    private var reports: [StreamName: ReportedThing] = [:]
    private var decided: Set<ReportedThing> = []
    private var threads: [PostID: ThreadID] = [:]

    mutating func take(_ event: AuditedEvent, after history: History, _ violations: inout Violations) {
        switch event.kind {
        case .cases(.opened(let opening)):
            if case .report(_, let thing) = opening.topic { reports[event.recorded.stream] = thing }
        case .cases(.decided(let decision)) where decision.outcome != .rejected:
            if let thing = reports[event.recorded.stream] { decided.insert(thing) }
        case .forum(.post(.published(let post, let thread, _, _))): threads[post] = thread
        case .forum(.post(.removed(let post, _))):
            guard history.policies.document?.hasClause(.reading) == true, !isDecided(post) else { return }
            violations.add("a post was removed without a decision in a case", at: event.position)
        default: break
        }
    }

    private func isDecided(_ post: PostID) -> Bool {
        decided.contains(.post(post)) || threads[post].map { decided.contains(.thread($0)) } ?? false
    }
}
