package import Accounts
package import Events

/// The result of a pass over the whole log: the outcome of each invariant, and how often each type of event occurs.
package struct Conformance: Sendable {
    /// The outcome of an invariant.
    package enum Outcome: Sendable {
        case holds
        case broken(Violations)
        /// The evidence that it needs was not available.
        case notChecked(UncheckedReason)

        package var violations: Violations? {
            if case .broken(let violations) = self { violations } else { nil }
        }

        package var reason: UncheckedReason? {
            if case .notChecked(let reason) = self { reason } else { nil }
        }
    }

    /// How often a type of event occurs, and when it last did.
    package struct Evidence: Sendable {
        package private(set) var count = 0
        package private(set) var position = 0
        package private(set) var time: Instant?

        package init() {}

        mutating func note(_ event: RecordedEvent) {
            count += 1
            (position, time) = (event.position, event.time)
        }

        mutating func merge(_ other: Evidence) {
            count += other.count
            if other.position > position { (position, time) = (other.position, other.time) }
        }
    }

    /// The time of the judgement.
    package let judgedAt: Instant
    /// The number of events in the log.
    package let head: Int
    package let policy: PolicyDocument?
    package let outcomes: [InvariantName: Outcome]
    /// By event type name.
    package let evidence: [String: Evidence]
    /// The positions of the first events that this program cannot read.
    package let unreadable: [Int]

    package var brokenCount: Int { outcomes.values.compactMap(\.violations).count }
    package var isBroken: Bool { brokenCount > 0 }

    /// The evidence for a clause: all types of events that are tagged with it.
    package func evidence(for clause: PolicyClause) -> Evidence {
        EventTag.all.lazy.filter { $0.clauses.contains(clause) }.compactMap { evidence[$0.name] }
            .reduce(into: Evidence()) { $0.merge($1) }
    }

    package func outcome(of check: InvariantName) -> Outcome {
        outcomes[check] ?? .notChecked(.missing(check.evidence))
    }

    /// - Parameter checks: those that count; others are left out, as where a breach must not be told.
    package func verdict(
        on clause: PolicyClause, by checks: some Collection<InvariantName> = InvariantName.allCases
    ) -> ClauseVerdict {
        let outcomes = checks.filter { $0.clause == clause }.map(outcome(of:))
        if outcomes.contains(where: { $0.violations != nil }) { return .broken }
        guard clause.isBuilt else { return .notChecked([.notBuilt]) }
        guard !outcomes.isEmpty else { return .attested }
        var reasons: [UncheckedReason] = []
        for reason in outcomes.compactMap(\.reason) where !reasons.contains(reason) { reasons.append(reason) }
        if !unreadable.isEmpty { reasons.append(.unreadableEvents) }
        if !clause.isPlanted { reasons.append(.notPlanted) }
        return reasons.isEmpty ? .proved : .notChecked(reasons)
    }
}
