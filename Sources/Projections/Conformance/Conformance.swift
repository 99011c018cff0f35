package import Accounts
package import Events

/// The result of a pass over the whole log: the outcome of each invariant, and how often each type of event occurs.
package struct Conformance: Sendable {
    /// The outcome of an invariant.
    package enum Outcome: Sendable {
        case holds
        case broken(Violations)
        /// Data that the check needs was not available.
        case notChecked

        package var violations: Violations? {
            if case .broken(let violations) = self { violations } else { nil }
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
    package var isSound: Bool { brokenCount == 0 && unreadable.isEmpty }

    /// The evidence for a clause: all types of events that are tagged with it.
    package func evidence(for clause: PolicyClause) -> Evidence {
        EventTag.all.lazy.filter { $0.clauses.contains(clause) }.compactMap { evidence[$0.name] }
            .reduce(into: Evidence()) { $0.merge($1) }
    }

    package func state(of clause: PolicyClause) -> ClauseState {
        let found = InvariantName.allCases.filter { $0.clause == clause }.map { outcomes[$0] ?? .notChecked }
        if found.contains(where: { $0.violations != nil }) { return .broken }
        return clause.isDone ? .kept : .notYet
    }
}

/// The state of a clause.
package enum ClauseState: String, Sendable {
    /// Everything it says is done, and nothing in the log speaks against it.
    case kept
    case broken
    /// A part of it belongs to features that do not exist yet.
    case notYet = "not-yet"
}
