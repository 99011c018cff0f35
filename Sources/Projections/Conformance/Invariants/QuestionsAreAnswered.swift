import Accounts
import Events
import Messaging

/// P-18.2, P-17.1: every question is answered in time, and every rights request is decided within its time limit.
struct QuestionsAreAnswered: Invariant {
    static let name = InvariantName.questionsAreAnswered
    static let sources: Set<ProjectedEvent.Source> = [.cases]

    private struct Open: Sendable {
        let askedAt: Instant
        let position: Int
    }

    private var cases: [StreamName: CaseState] = [:]
    private var open: [StreamName: Open] = [:]

    mutating func take(_ event: AuditedEvent, after history: History, _ violations: inout Violations) {
        guard case .cases(let change) = event.kind else { return }
        let stream = event.recorded.stream
        cases[stream, default: .initial].evolve(change, at: event.time)
        guard case .known(let file)? = cases[stream] else { return }
        let askedAt = file.waitsSince
        if let waiting = open[stream], askedAt != waiting.askedAt {
            if let due = due(file, since: waiting.askedAt, at: event.time, history), event.time > due {
                violations.add("answered late; it was due at \(due)", at: event.position)
            }
            open[stream] = nil
        }
        if let askedAt, open[stream] == nil { open[stream] = Open(askedAt: askedAt, position: event.position) }
    }

    func conclude(_ history: History, at now: Instant, _ violations: inout Violations) {
        for (stream, waiting) in open.sorted(by: { $0.value.position < $1.value.position }) {
            guard case .known(let file)? = cases[stream],
                let due = due(file, since: waiting.askedAt, at: now, history), due < now
            else { continue }
            violations.add("\(file.topic.matter.rawValue) was to be answered by \(due)", at: waiting.position)
        }
    }

    /// By the shortest time limit that was promised since.
    private func due(_ file: CaseFile, since: Instant, at now: Instant, _ history: History) -> Instant? {
        history.policies.calendar.shortest(from: since, judgedAt: now) { rules in
            let deadlines = rules.deadlines
            guard file.topic.matter == .rights else { return deadlines.question }
            guard file.extendedAt != nil else { return deadlines.rightsRequest }
            var whole = deadlines.rightsRequest
            whole.years += deadlines.rightsRequestExtension.years
            whole.months += deadlines.rightsRequestExtension.months
            whole.days += deadlines.rightsRequestExtension.days
            return whole
        }
    }
}

extension CaseFile {
    /// Since when an answer is awaited; nil when none is.
    fileprivate var waitsSince: Instant? {
        guard topic.matter == .rights else { return question?.askedAt }
        if case .closed = phase { return nil }
        return openedAt
    }
}
