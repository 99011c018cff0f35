import Accounts
import Events
import Messaging

/// P-18.2: every question is answered in time, by a reply to the one who asked or a decision. Requests about rights have times of their own.
struct QuestionsAreAnswered: Invariant {
    static let name = InvariantName.questionsAreAnswered
    static let sources: Set<ProjectedEvent.Source> = [.cases]

    private struct Question: Sendable {
        let askedAt: Instant
        let position: Int
        /// Whether it came with an automatic receipt, which counts as an answer under a version that says so.
        let hasReceipt: Bool
    }

    private var rights: Set<StreamName> = []
    private var open: [StreamName: [CaseParty: Question]] = [:]

    mutating func take(_ event: AuditedEvent, after history: History, _ violations: inout Violations) {
        guard case .cases(let change) = event.kind else { return }
        let stream = event.recorded.stream
        switch change {
        case .opened(let opening):
            if opening.topic.matter == .rights {
                rights.insert(stream)
            } else if opening.channel != .staff {
                ask(.opener, event, hasReceipt: true)
            }
        case .stated(let addition): if addition.asks { ask(addition.party, event) }
        case .mailFiled(_, let asks): if asks { ask(.opener, event) }
        case .appealed(_, by: let party): ask(party, event)
        case .replied(let answer):
            for party in answer.audience.parties { settle(party, event, history, &violations) }
        case .decided: for party in CaseParty.allCases { settle(party, event, history, &violations) }
        // An erased case asks nothing any more; it is judged like an answer.
        case .erased: for party in CaseParty.allCases { settle(party, event, history, &violations) }
        case .closed:
            let questions = open.removeValue(forKey: stream) ?? [:]
            if questions.values.contains(where: { due($0, history, judgedAt: event.time.lastLate) != nil }) {
                violations.add("closed with a question open", at: event.position)
            }
        case .contactGiven, .noted, .assigned, .warned, .reopened, .extended, .identityChecked, .identified,
            .mailSetAside, .mailReceived, .answersDirected:
            break
        }
    }

    /// A further question is due with the first.
    private mutating func ask(_ party: CaseParty, _ event: AuditedEvent, hasReceipt: Bool = false) {
        let stream = event.recorded.stream
        guard !rights.contains(stream), open[stream]?[party] == nil else { return }
        open[stream, default: [:]][party] = Question(
            askedAt: event.time, position: event.position, hasReceipt: hasReceipt)
    }

    private mutating func settle(
        _ party: CaseParty, _ event: AuditedEvent, _ history: History, _ violations: inout Violations
    ) {
        let stream = event.recorded.stream
        guard let question = open[stream]?.removeValue(forKey: party) else { return }
        if open[stream]?.isEmpty == true { open[stream] = nil }
        guard let due = due(question, history, judgedAt: event.time.lastLate), event.time > due else { return }
        violations.add("answered late; it was due at \(due)", at: event.position)
    }

    func conclude(_ history: History, at now: Instant, _ violations: inout Violations) {
        for question in open.values.flatMap(\.values).sorted(by: { $0.position < $1.position }) {
            guard let due = due(question, history, judgedAt: now.lastLate), due.isLate(at: now) else { continue }
            violations.add("was to be answered by \(due)", at: question.position)
        }
    }

    /// By the shortest time that was promised since; nil when the receipt was the answer.
    private func due(_ question: Question, _ history: History, judgedAt now: Instant) -> Instant? {
        history.policies.calendar.shortest(from: question.askedAt, judgedAt: now) { rules in
            question.hasReceipt && rules.answers.automaticReceiptCounts ? nil : rules.deadlines.question
        }
    }
}
