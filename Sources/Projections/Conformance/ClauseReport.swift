package import Accounts
import Events

/// The state of one clause of the policy in force: its text, where it is enforced, the evidence for it, and what was checked.
package struct ClauseReport: Sendable {
    package let text: ClausedText.Clause
    /// Nil when this program does not know the clause.
    package let clause: PolicyClause?
    package let state: ClauseState
    package let evidence: Conformance.Evidence
    package let checks: [Check]

    package struct Check: Sendable {
        package let name: InvariantName
        package let outcome: Conformance.Outcome
    }

    package var enforcedIn: [String] { clause?.enforcedIn ?? [] }
}

extension Conformance {
    /// One report for each clause of the version in force, in its order.
    package var reports: [ClauseReport] {
        (policy?.text.clauses ?? []).map { text in
            guard let clause = PolicyClause(rawValue: text.id) else {
                return ClauseReport(text: text, clause: nil, state: .notYet, evidence: Evidence(), checks: [])
            }
            return ClauseReport(
                text: text, clause: clause, state: state(of: clause), evidence: evidence(for: clause),
                checks: InvariantName.allCases.filter { $0.clause == clause }.map {
                    ClauseReport.Check(name: $0, outcome: outcomes[$0] ?? .notChecked)
                })
        }
    }
}
