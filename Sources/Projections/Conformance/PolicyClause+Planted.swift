extension PolicyClause {
    /// Whether violations are planted by `script/sabotage` that show that the clause's checks can fail: without them it cannot be proved.
    package var isPlanted: Bool { PolicyClause.planted.contains(self) }

    private static let planted: Set<PolicyClause> = Set(allCases)
}
