/// A rule that differs between two versions. Values are canonical JSON; nil where a version does not have the rule.
package struct RuleChange: Hashable, Sendable {
    /// For example `retention.closedAccount`.
    package let path: String
    package let before: String?
    package let after: String?
}

/// A clause that differs between two versions.
package struct ClauseChange: Hashable, Sendable {
    package enum Kind: String, Sendable { case added, removed, reworded }

    package let kind: Kind
    package let id: String
    package let title: String
}

extension PolicyRules {
    /// The differences from earlier rules, ordered by path. The version's name and kind of change are left out.
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
    /// The differences from an earlier text, in the order of this one; removed clauses come last.
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
