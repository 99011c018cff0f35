import Accounts
import Events
import Messaging

/// P-18.2: a case whose party does not answer the staff is not left open for ever.
struct WaitingCasesEnd: Invariant {
    static let name = InvariantName.waitingCasesEnd
    static let sources: Set<ProjectedEvent.Source> = [.cases]

    private struct Waiting: Sendable {
        let since: Instant
        let position: Int
    }

    private var matters: [StreamName: CaseMatter] = [:]
    private var waiting: [StreamName: Waiting] = [:]

    mutating func take(_ event: AuditedEvent, after history: History, _ violations: inout Violations) {
        guard case .cases(let change) = event.kind else { return }
        let stream = event.recorded.stream
        switch change {
        case .opened(let opening): if opening.topic.matter.isEndedByWaiting { matters[stream] = opening.topic.matter }
        case .replied(let answer):
            waiting[stream] =
                answer.awaits && matters[stream] != nil
                ? Waiting(since: event.time, position: event.position) : nil
        case .stated(let addition): if addition.asks { waiting[stream] = nil }
        case .mailFiled(_, let asks): if asks { waiting[stream] = nil }
        case .closed, .reopened, .decided, .appealed, .erased: waiting[stream] = nil
        case .contactGiven, .noted, .assigned, .warned, .extended, .identityChecked, .identified, .mailSetAside,
            .mailReceived, .answersDirected:
            break
        }
    }

    func conclude(_ history: History, at now: Instant, _ violations: inout Violations) {
        for (stream, open) in waiting.sorted(by: { $0.value.position < $1.value.position }) {
            guard let matter = matters[stream],
                let end = history.policies.calendar.deadline(
                    from: open.since, judgedAt: now.lastLate, matter.retention), end <= now.lastLate
            else { continue }
            violations.add("should have been closed by \(end)", at: open.position)
        }
    }
}
