/// A rule that one version has otherwise than another. As canonical JSON; nil where a version has no such rule.
package struct RuleChange: Hashable, Sendable {
    /// Such as `retention.closedAccount`.
    package let path: String
    package let before: String?
    package let after: String?
}

/// A clause that one version has otherwise than another.
package struct ClauseChange: Hashable, Sendable {
    package enum Kind: String, Sendable { case added, removed, reworded }

    package let kind: Kind
    package let id: String
    package let title: String
}

extension PolicyRules {
    /// What is otherwise than in earlier rules, in the order of the paths. The version's own name is not told.
    package func changes(since earlier: PolicyRules) throws -> [RuleChange] {
        let (before, after) = (try RuleLines(earlier.json, file: "earlier"), try RuleLines(json, file: "later"))
        let paths = Set(before.leaves).union(after.leaves).subtracting(["version", "change"]).sorted()
        return paths.compactMap { path in
            let change = RuleChange(path: path, before: before.json(of: path), after: after.json(of: path))
            return change.before == change.after ? nil : change
        }
    }
}

extension ClausedText {
    /// What is otherwise than in an earlier text, in the order of this one; what was removed comes last.
    package func changes(since earlier: ClausedText) -> [ClauseChange] {
        let known = Dictionary(earlier.clauses.map { ($0.id, $0) }) { $1 }
        let present = Set(clauses.map(\.id))
        return clauses.compactMap { clause in
            guard let before = known[clause.id] else {
                return ClauseChange(kind: .added, id: clause.id, title: clause.title)
            }
            return before == clause ? nil : ClauseChange(kind: .reworded, id: clause.id, title: clause.title)
        }
            + earlier.clauses.filter { !present.contains($0.id) }.map {
                ClauseChange(kind: .removed, id: $0.id, title: $0.title)
            }
    }
}
