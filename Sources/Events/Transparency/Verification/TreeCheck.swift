import CSQLite

/// Rebuilds the tree from recomputed leaves and compares each tile, as it fills, with the one in the file.
struct TreeCheck {
    private(set) var tree = TileTree()
    private let tiles: Statement
    private let names: Statement
    /// Positions since the last full tile whose stored hash is not the recomputed one.
    private var differing: Set<Int> = []

    init(_ connection: SQLiteConnection) throws(SQLiteError) {
        tiles = try connection.statement("SELECT hashes FROM tiles WHERE level = ? AND number = ?")
        names = try connection.statement("SELECT level, number, hashes FROM tiles ORDER BY level, number")
    }

    /// - Parameter differs: Whether the row has another hash.
    mutating func add(_ hash: TreeHash, differs: Bool, _ findings: inout FindingList) throws(SQLiteError) {
        if differs { differing.insert(tree.size + 1) }
        for tile in tree.append(hash) { try compare(tile, &findings) }
    }

    mutating func finish(_ findings: inout FindingList, isInOrder: Bool) throws(SQLiteError) {
        for position in differing.sorted() { findings.add(.event(position: position), .hashDiffers) }
        defer { names.reset() }
        var previous: (level: Int, number: Int)?
        while try names.step() {
            let name = (level: names.integer(0), number: names.integer(1))
            let place = Finding.Place.tile(level: name.level, number: name.number)
            if let previous, previous >= name { findings.add(place, .outOfOrder) }
            previous = name
            let isStoredRightly =
                names.storage(0) == SQLITE_INTEGER && names.storage(1) == SQLITE_INTEGER
                && names.storage(2) == SQLITE_BLOB
            if !isStoredRightly { findings.add(place, .wrongStorage) }
            let full = (0...6).contains(name.level) ? tree.size >> (8 * (name.level + 1)) : 0
            if isInOrder, !(0..<full).contains(name.number) { findings.add(place, .unexpected) }
        }
    }

    private mutating func compare(_ tile: Tile, _ findings: inout FindingList) throws(SQLiteError) {
        tiles.bind(1, tile.level)
        tiles.bind(2, tile.number)
        defer { tiles.reset() }
        let stored = try tiles.step() ? tiles.raw(0) : nil
        let place = Finding.Place.tile(level: tile.level, number: tile.number)
        if let stored {
            if !stored.elementsEqual(tile.hashes.joined()) { findings.add(place, .changed, column: "hashes") }
        } else {
            findings.add(place, .missing)
        }
        guard tile.level == 0 else { return }
        let first = tile.number * Tile.width + 1
        for (index, hash) in tile.hashes.enumerated() {
            let agrees = stored.map {
                $0.count == 32 * Tile.width && $0[(32 * index)..<(32 * index + 32)].elementsEqual(hash)
            }
            if differing.contains(first + index) {
                // The tile still agrees with the contents, so it is the hash that was changed.
                findings.add(.event(position: first + index), .hashDiffers, column: agrees == true ? "hash" : nil)
            } else if agrees == false {
                findings.add(.event(position: first + index), .differsFromTile)
            }
        }
        differing.removeAll()
    }
}
