import Accounts
import Events
import Messaging

/// P-08.2: no person decides in her own matter, and an appeal is judged by somebody else than who decided before.
struct NobodyJudgesOwnMatter: Invariant {
    static let name = InvariantName.nobodyJudgesOwnMatter
    static let sources: Set<ProjectedEvent.Source> = [.accounts, .cases]

    private var cases: [StreamName: CaseState] = [:]
    /// Who closed or suspended the account of each member last.
    private var deciders: [MemberID: Actor] = [:]

    mutating func take(_ event: AuditedEvent, after _: History, _ violations: inout Violations) {
        switch event.kind {
        case .cases(let change): take(change, event, &violations)
        case .accounts(.member(.closing(let change))): take(change, event, &violations)
        default: break
        }
    }

    private mutating func take(_ change: CaseEvent, _ event: AuditedEvent, _ violations: inout Violations) {
        let stream = event.recorded.stream
        if case .decided(let decision) = change, case .known(let file)? = cases[stream],
            let judge = event.recorded.actor.member,
            file.concerned.contains(judge) || decision.affected == judge
        {
            violations.add("a case was decided by one whom it concerns", at: event.position, of: judge)
        }
        cases[stream, default: .initial].evolve(change, at: event.time)
    }

    private mutating func take(_ change: ClosingEvent, _ event: AuditedEvent, _ violations: inout Violations) {
        guard let member = event.member else { return }
        let actor = event.recorded.actor
        switch change {
        case .deactivated: decide(on: member, event, &violations)
        case .closed(let closing) where closing.cause == .breach: decide(on: member, event, &violations)
        case .appealRejected where actor == .member(member):
            violations.add("rejected her own appeal", at: event.position, of: member)
        case .appealRejected:
            if case .member(let judge) = actor, deciders[member] == actor {
                violations.add("an appeal was rejected by who had decided", at: event.position, of: judge)
            }
        default: break
        }
    }

    private mutating func decide(on member: MemberID, _ event: AuditedEvent, _ violations: inout Violations) {
        deciders[member] = event.recorded.actor
        if event.recorded.actor == .member(member) {
            violations.add("decided against herself", at: event.position, of: member)
        }
    }
}
