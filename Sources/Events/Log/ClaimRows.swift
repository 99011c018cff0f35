/// The rows of `claims`; each is stored under the hash key that was newest when it was written.
struct ClaimRows {
    let connection: SQLiteConnection

    init(_ connection: SQLiteConnection) { self.connection = connection }

    /// The holder under the first of `hashes` that has one. A single query, so that a claim being moved to another hash key is not
    /// missed.
    func holder(of kind: Claim.Kind, hashes: [[UInt8]]) throws -> String? {
        let places = Array(repeating: "?", count: hashes.count).joined(separator: ", ")
        let statement = try connection.statement(
            "SELECT holder, hash FROM claims WHERE kind = ? AND hash IN (\(places))")
        statement.bind(1, kind.rawValue)
        for (index, hash) in hashes.enumerated() { statement.bind(Int32(index + 2), blob: hash) }
        let found = try statement.rows { (holder: $0.text(0), hash: $0.bytes(1)) }
        return hashes.lazy.compactMap { hash in found.first { $0.hash == hash }?.holder }.first
    }

    /// Moves a claim to the hash under the newest key, if its holder has it under an older one.
    func move(_ claim: Claim, of owner: Owner, from older: [[UInt8]], to newest: [UInt8]) throws {
        let row = try connection.statement("UPDATE claims SET hash = ? WHERE kind = ? AND hash = ? AND holder = ?")
        for hash in older {
            row.bind(1, blob: newest)
            row.bind(2, claim.kind.rawValue)
            row.bind(3, blob: hash)
            row.bind(4, owner.description)
            try row.execute()
        }
    }
}
