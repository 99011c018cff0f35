import Accounts
import Events

/// P-13.1, P-16.3: a replaced key is destroyed in time, and with it the backups that it opens.
struct ReplacedKeysAreDestroyed: Invariant {
    static let name = InvariantName.replacedKeysAreDestroyed
    static let sources: Set<ProjectedEvent.Source> = [.other]

    /// The replaced epochs, with the time and position of the replacement.
    private var replaced: [Int: (time: Instant, position: Int)] = [:]

    mutating func take(_ event: AuditedEvent, after history: History, _ violations: inout Violations) {
        if let rotated = try? KeysRotated(event.recorded) {
            replaced[rotated.epoch - 1] = (event.time, event.position)
        }
        if let destroyed = try? KeyEpochDestroyed(event.recorded) { replaced[destroyed.epoch] = nil }
    }

    func conclude(_ history: History, at now: Instant, _ violations: inout Violations) {
        for (epoch, since) in replaced.sorted(by: { $0.key < $1.key }) {
            guard
                let end = history.policies.calendar.deadline(
                    from: since.time, judgedAt: now.lastLate, \.replacedKeyEpoch), end <= now.lastLate
            else { continue }
            violations.add("epoch \(epoch) should have been destroyed by \(end)", at: since.position)
        }
    }
}
