import Accounts
import Events

/// P-10.1: a hold ends on the day that was decided, unless it was renewed.
struct HoldsEnd: Invariant {
    static let name = InvariantName.holdsEnd
    static let sources: Set<ProjectedEvent.Source> = [.oversight]

    private var records: [MemberID: (record: HoldRecord, position: Int)] = [:]

    mutating func take(_ event: AuditedEvent, after _: History, _ violations: inout Violations) {
        guard case .oversight(let change) = event.kind, let member = MemberID(ofDataIn: event.recorded.stream)
        else { return }
        records[member, default: (HoldRecord(), 0)].record.evolve(change, by: event.recorded.actor, at: event.time)
        records[member]?.position = event.position
    }

    func conclude(_ history: History, at now: Instant, _ violations: inout Violations) {
        for (member, known) in records.sorted(by: { $0.key < $1.key }) {
            guard case .active(let order, _) = known.record.hold, let end = order.end, end.isLate(at: now) else {
                continue
            }
            violations.add("held after the last day", at: known.position, of: member)
        }
    }
}
