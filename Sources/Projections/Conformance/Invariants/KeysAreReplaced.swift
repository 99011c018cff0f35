import Accounts
import Events

/// P-13.1: the master keys are replaced as often as the policy in force says, so that backups become unreadable in time.
struct KeysAreReplaced: Invariant {
    static let name = InvariantName.keysAreReplaced
    static let sources: Set<ProjectedEvent.Source> = [.other]

    /// The keys directory may be out of reach for a time.
    private static let leeway: Double = 7 * 24 * 3600

    private var replaced: (time: Instant, position: Int)?

    mutating func take(_ event: AuditedEvent, after _: History, _: inout Violations) {
        guard (try? KeysRotated(event.recorded)) != nil else { return }
        replaced = (event.time, event.position)
    }

    func conclude(_ history: History, at now: Instant, _ violations: inout Violations) {
        guard let since = replaced ?? history.created.map({ ($0, 1) }) else { return }
        // Counted from the first version that promises it, if that is later.
        let promised = history.policies.calendar.versions.first { $0.rules.retention.promisedKeyRotation != nil }
        guard let promised, promised.version.startInStockholm <= now else { return }
        let start = max(since.time, promised.version.startInStockholm)
        let judged = now.advanced(seconds: -KeysAreReplaced.leeway)
        guard
            let end = history.policies.calendar.shortest(
                from: start, judgedAt: judged, { $0.retention.promisedKeyRotation }), end < judged
        else { return }
        violations.add("the keys should have been replaced by \(end)", at: since.position)
    }
}
