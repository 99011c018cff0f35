import Accounts
import Events

/// P-13.1: the master keys are replaced as often as the policy in force says, so that backups become unreadable in time.
struct KeysAreReplaced: Invariant {
    static let name = InvariantName.keysAreReplaced
    static let sources: Set<ProjectedEvent.Source> = [.other]

    /// The keys directory may be out of reach for a time.
    private static let leeway: Double = 7 * 24 * 3600

    private var replaced: (time: Instant, position: Int)?

    mutating func take(_ event: AuditedEvent, after history: History, _ violations: inout Violations) {
        guard (try? KeysRotated(event.recorded)) != nil else { return }
        if let due = due(history, at: event.time) {
            violations.add("the keys should have been replaced by \(due)", at: event.position)
        }
        replaced = (event.time, event.position)
    }

    func conclude(_ history: History, at now: Instant, _ violations: inout Violations) {
        if let due = due(history, at: now) {
            violations.add("the keys should have been replaced by \(due)", at: replaced?.position ?? 1)
        }
    }

    /// When the keys in use should have been replaced; nil unless that is too long ago.
    private func due(_ history: History, at now: Instant) -> Instant? {
        let policies = history.policies.calendar
        guard let since = replaced?.time ?? history.created,
            let promised = policies.versions.first(where: { $0.rules.retention.promisedKeyRotation != nil })
        else { return nil }
        // Counted from the first version that promises it, if that is later.
        let start = max(since, promised.version.startInStockholm)
        let judged = now.advanced(seconds: -KeysAreReplaced.leeway)
        let end = policies.shortest(from: start, judgedAt: judged) { $0.retention.promisedKeyRotation }
        return end.flatMap { start <= judged && $0 < judged ? $0 : nil }
    }
}
