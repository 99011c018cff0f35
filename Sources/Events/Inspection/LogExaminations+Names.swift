extension LogExaminations {
    private static let mostHolders = 200

    /// Checks that claims are found under the hash keys in use. Otherwise sign-in fails and a registered number counts as free.
    /// - Parameter claims: names the claims that an event may have taken.
    func names(_ claims: ClaimsOfEvent) throws -> Examination {
        let (log, identity) = try openLog()
        let keyring = try Keyring(directory: files.keys)
        let vault = try Vault(try openVault(), keyring: keyring, log: identity)
        let reader = try LogReader(log, vault: vault, log: identity)
        let rows = try log.statement(
            "SELECT kind, hash, holder FROM claims ORDER BY holder DESC LIMIT \(3 * LogExaminations.mostHolders)"
        ).rows { (kind: $0.text(0), hash: $0.bytes(1), holder: $0.text(2)) }
        let present = ClaimRows(log)
        var (found, lost) = (0, 0)
        for (holder, held) in Dictionary(grouping: rows, by: \.holder) {
            let events = try reader.events(in: StreamName(written: holder), after: 0)
            let known = Set(
                try events.flatMap(claims).flatMap { claim in
                    keyring.hashes(of: claim).map { Name(kind: claim.kind.rawValue, hash: $0) }
                })
            for row in held {
                if known.contains(Name(kind: row.kind, hash: row.hash)) {
                    found += 1
                } else if try Claim.Kind(rawValue: row.kind).flatMap({ try present.holder(of: $0, hashes: [row.hash]) })
                    != nil
                {
                    // Not released or rehashed since the rows were read.
                    lost += 1
                }
            }
        }
        guard lost == 0 else {
            return Examination(
                "names", .wrong,
                "\(lost) of \(found + lost) names tried are not found with these keys: their members cannot sign in; put back the keys that belong to this log"
            )
        }
        return Examination(
            "names", .ok, found == 0 ? "none is taken yet" : "\(found) that are taken are found with these keys")
    }

    private struct Name: Hashable {
        let kind: String
        let hash: [UInt8]
    }
}
