import Accounts
import Events

/// P-12.4: a request for correction is decided within the time for requests about rights.
struct CorrectionsAreDecidedInTime: Invariant {
    static let name = InvariantName.correctionsAreDecidedInTime
    static let sources: Set<ProjectedEvent.Source> = [.corrections]

    private struct Open: Sendable {
        let member: MemberID
        let requestedAt: Instant
        let position: Int
    }

    private var open: [StreamName: Open] = [:]

    mutating func take(_ event: AuditedEvent, after history: History, _ violations: inout Violations) {
        let stream = event.recorded.stream
        if case .corrections(.requested(let correction)) = event.kind, open[stream] == nil {
            open[stream] = Open(member: correction.member, requestedAt: event.time, position: event.position)
        }
        guard case .corrections(.decided) = event.kind, let request = open.removeValue(forKey: stream),
            let due = due(request, history, judgedAt: event.time.lastLate), event.time > due
        else { return }
        violations.add("decided late; it was due at \(due)", at: event.position, of: request.member)
    }

    func conclude(_ history: History, at now: Instant, _ violations: inout Violations) {
        for request in open.values.sorted(by: { $0.position < $1.position }) {
            // The request is erased with the member.
            guard history.member(request.member).phase != .purged,
                let due = due(request, history, judgedAt: now.lastLate), due.isLate(at: now)
            else { continue }
            violations.add("was to be decided by \(due)", at: request.position, of: request.member)
        }
    }

    private func due(_ request: Open, _ history: History, judgedAt now: Instant) -> Instant? {
        history.policies.calendar.shortest(from: request.requestedAt, judgedAt: now) { $0.deadlines.rightsRequest }
    }
}
