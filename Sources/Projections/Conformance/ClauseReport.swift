package import Accounts
import Events

/// The verdict on one clause of the policy in force: its text, where it is enforced, the evidence for it, and what was checked.
package struct ClauseReport: Sendable {
    package let text: ClausedText.Clause
    /// Nil when this program does not know the clause.
    package let clause: PolicyClause?
    package let verdict: ClauseVerdict
    package let evidence: Conformance.Evidence
    package let checks: [Check]

    package struct Check: Sendable {
        package let name: InvariantName
        package let outcome: Conformance.Outcome
    }

    /// From the first breach of its checks to the last; nil when there is none.
    package var span: ClosedRange<Int>? {
        let spans = checks.compactMap { $0.outcome.violations?.span }
        guard let first = spans.map(\.lowerBound).min(), let last = spans.map(\.upperBound).max() else { return nil }
        return first...last
    }

    package var enforcedIn: [String] { clause?.enforcedIn ?? [] }
}

extension Conformance {
    /// One report for each clause of the version in force, in its order.
    package var reports: [ClauseReport] {
        (policy?.text.clauses ?? []).map { text in
            guard let clause = PolicyClause(rawValue: text.id) else {
                return ClauseReport(
                    text: text, clause: nil, verdict: .notChecked([.notBuilt]), evidence: Evidence(), checks: [])
            }
            return ClauseReport(
                text: text, clause: clause, verdict: verdict(on: clause), evidence: evidence(for: clause),
                checks: InvariantName.allCases.filter { $0.clause == clause }.map {
                    ClauseReport.Check(name: $0, outcome: outcome(of: $0))
                })
        }
    }
}

extension Collection<ClauseReport> {
    package func count(of kind: ClauseVerdict.Kind) -> Int { count { $0.verdict.kind == kind } }
}
