extension PolicyClause {
    /// Whether breaches are planted that show that the clause's checks can fail: three or more for the clause, and one or more for each check.
    /// Without them a clause cannot be proved.
    package var isPlanted: Bool {
        let checks = InvariantName.allCases.filter { $0.clause == self }
        return checks.allSatisfy { PlantedBreaches.byCheck[$0] != nil }
            && checks.reduce(0) { $0 + PlantedBreaches.byCheck[$1, default: 0] } >= 3
    }
}

/// The list that `script/sabotage` writes of the breaches that it plants, and that it finds out of date when it plants others.
private enum PlantedBreaches {
    /// One line each: clause, check and name, with tabs between.
    static let byCheck: [InvariantName: Int] = {
        let checks = "\(Embedded.plantedTxt)".split(separator: "\n").compactMap { line in
            line.split(separator: "\t").dropFirst().first.flatMap { InvariantName(rawValue: String($0)) }
        }
        return Dictionary(checks.map { ($0, 1) }, uniquingKeysWith: +)
    }()
}
