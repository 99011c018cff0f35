import Accounts
import Events

/// P-00.1: an announced version takes effect on its day, once.
struct VersionsBeginOnTheirDay: Invariant {
    static let name = InvariantName.versionsBeginOnTheirDay

    private var policies = Begun()
    private var terms = Begun()

    mutating func take(_ event: AuditedEvent, after history: History, _ violations: inout Violations) {
        guard case .accounts(.policy(let change)) = event.kind else { return }
        policies.take(change, event, PolicyDocument.self, &violations)
        terms.take(change, event, TermsDocument.self, &violations)
    }

    func conclude(_ history: History, at now: Instant, _ violations: inout Violations) {
        policies.conclude(at: now, &violations)
        terms.conclude(at: now, &violations)
    }

    private struct Begun: Sendable {
        /// The versions with the positions at which they were published.
        private var published: [CalendarDate: Int] = [:]
        private var begun: Set<CalendarDate> = []

        mutating func take<Document: PublishedDocument>(
            _ change: PolicyEvent, _ event: AuditedEvent, _ type: Document.Type, _ violations: inout Violations
        ) {
            if let document = Document.published(in: change) { published[document.version] = event.position }
            guard let version = Document.comingIntoForce(in: change) else { return }
            if published[version] == nil { violations.add("\(version) was never published", at: event.position) }
            if event.time < version.startInStockholm {
                violations.add("\(version) came into force before its day", at: event.position)
            }
            if !begun.insert(version).inserted {
                violations.add("\(version) came into force twice", at: event.position)
            }
        }

        func conclude(at now: Instant, _ violations: inout Violations) {
            for (version, position) in published.sorted(by: { $0.key < $1.key })
            where !begun.contains(version) && version.startInStockholm.isLate(at: now) {
                violations.add("\(version) has not come into force", at: position)
            }
        }
    }
}
