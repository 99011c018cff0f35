package import Accounts
package import Events

/// What a pass over the whole log has found: how each invariant stands, and how often each type of event occurs.
package struct Conformance: Sendable {
    /// What became of an invariant.
    package enum Outcome: Sendable {
        case holds
        case broken(Violations)
        /// What it needs was not at hand.
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

    /// When it was judged.
    package let judgedAt: Instant
    /// How many events there were.
    package let head: Int
    package let policy: PolicyDocument?
    package let outcomes: [InvariantName: Outcome]
    /// By the name of the type.
    package let evidence: [String: Evidence]
    /// Positions of events that this program cannot read; the first of them.
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

/// How it stands with a clause.
package enum ClauseState: String, Sendable {
    /// Everything it says is done, and nothing in the log speaks against it.
    case kept
    case broken
    /// Something it says belongs to features that there are not yet.
    case notYet = "not-yet"
}
