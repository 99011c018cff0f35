import Accounts
import Events
import Messaging

/// P-12.5: a request for rectification or erasure is decided in time.
struct RectificationsAreDecidedInTime: Invariant {
    static let name = InvariantName.rectificationsAreDecidedInTime
    static let sources: Set<ProjectedEvent.Source> = [.cases]

    private var requests = RightsRequests(of: [.rectification, .erasure])

    mutating func take(_ event: AuditedEvent, after history: History, _ violations: inout Violations) {
        requests.take(event, after: history, &violations)
    }

    func conclude(_ history: History, at now: Instant, _ violations: inout Violations) {
        requests.conclude(history, at: now, &violations)
    }
}

/// P-17.1: a request for access, portability or restriction, and an objection, are decided in time.
struct RightsAreDecidedInTime: Invariant {
    static let name = InvariantName.rightsAreDecidedInTime
    static let sources: Set<ProjectedEvent.Source> = [.cases]

    private var requests = RightsRequests(of: [.access, .portability, .restriction, .objection])

    mutating func take(_ event: AuditedEvent, after history: History, _ violations: inout Violations) {
        requests.take(event, after: history, &violations)
    }

    func conclude(_ history: History, at now: Instant, _ violations: inout Violations) {
        requests.conclude(history, at: now, &violations)
    }
}

/// The undecided requests for some of the rights. The first decision settles a request; what follows it is another question.
private struct RightsRequests: Sendable {
    private struct Open: Sendable {
        let openedAt: Instant
        let position: Int
        var isExtended = false
    }

    private let kinds: Set<RightKind>
    private var open: [StreamName: Open] = [:]

    init(of kinds: Set<RightKind>) { self.kinds = kinds }

    mutating func take(_ event: AuditedEvent, after history: History, _ violations: inout Violations) {
        guard case .cases(let change) = event.kind else { return }
        let stream = event.recorded.stream
        if case .opened(let opening) = change, case .rights(let kind) = opening.topic, kinds.contains(kind) {
            open[stream] = Open(openedAt: event.time, position: event.position)
        }
        guard let request = open[stream] else { return }
        let due = due(request, history, judgedAt: event.time.lastLate)
        let isLate = due.map { event.time > $0 } ?? false
        switch change {
        // An extension that comes too late gives no time.
        case .extended: if !isLate { open[stream]?.isExtended = true }
        case .decided, .erased:
            open[stream] = nil
            if isLate, let due { violations.add("decided late; it was due at \(due)", at: event.position) }
        case .closed:
            open[stream] = nil
            violations.add("closed without a decision", at: event.position)
        case .opened, .contactGiven, .stated, .replied, .noted, .assigned, .warned, .reopened, .appealed,
            .identityChecked, .identified, .mailSetAside, .mailFiled, .mailReceived, .answersDirected:
            break
        }
    }

    func conclude(_ history: History, at now: Instant, _ violations: inout Violations) {
        for request in open.values.sorted(by: { $0.position < $1.position }) {
            guard let due = due(request, history, judgedAt: now.lastLate), due.isLate(at: now) else { continue }
            violations.add("was to be decided by \(due)", at: request.position)
        }
    }

    /// By the shortest time that was promised since.
    private func due(_ request: Open, _ history: History, judgedAt now: Instant) -> Instant? {
        history.policies.calendar.shortest(from: request.openedAt, judgedAt: now) { rules in
            let deadlines = rules.deadlines
            guard request.isExtended else { return deadlines.rightsRequest }
            var whole = deadlines.rightsRequest
            whole.years += deadlines.rightsRequestExtension.years
            whole.months += deadlines.rightsRequestExtension.months
            whole.days += deadlines.rightsRequestExtension.days
            whole.hours += deadlines.rightsRequestExtension.hours
            return whole
        }
    }
}
