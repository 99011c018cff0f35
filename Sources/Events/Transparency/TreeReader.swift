import Synchronization

/// A cache of the roots of full tiles that no stored tile above holds yet; they never change.
final class TileRoots: Sendable {
    private struct Name: Hashable {
        let level: Int
        let number: Int
    }

    private let known = Mutex<[Name: TreeHash]>([:])

    func root(level: Int, number: Int, otherwise compute: () throws -> TreeHash) rethrows -> TreeHash {
        let name = Name(level: level, number: number)
        if let root = known.withLock({ $0[name] }) { return root }
        let root = try compute()
        known.withLock { $0[name] = root }
        return root
    }
}

/// Reads the log's tree, in which one tile spans eight levels.
struct TreeReader {
    let connection: SQLiteConnection
    let roots: TileRoots

    /// The tile or part of a tile that `path` names; nil when the tree does not reach so far.
    func tile(_ path: TilePath) throws -> [UInt8]? {
        guard path.level < 8 else { return nil }
        let first = path.number * Tile.width
        let available = try size() >> (8 * path.level)
        guard first + path.width <= available else { return nil }
        return Array(try hashes(level: path.level, first..<(first + path.width)).joined())
    }

    func inclusion(of index: Int, in size: Int) throws -> InclusionProof {
        InclusionProof(index: index, hashes: try Proving.inclusion(of: index, in: size, hash: hash))
    }

    func consistency(from old: Int, to size: Int) throws -> ConsistencyProof {
        ConsistencyProof(earlier: old, later: size, hashes: try Proving.consistency(from: old, to: size, hash: hash))
    }

    func root(at size: Int) throws -> TreeHash { try Proving.root(0..<size, hash) }

    func size() throws -> Int { try connection.integer("SELECT max(position) FROM events") ?? 0 }

    private func hash(of subtree: Proving.Subtree) throws -> TreeHash {
        let (level, height) = subtree.height.quotientAndRemainder(dividingBy: 8)
        let first = subtree.number << height
        return TileTree.root(ofFull: try hashes(level: level, first..<(first + 1 << height)))
    }

    /// Consecutive hashes of one tile.
    private func hashes(level: Int, _ range: Range<Int>) throws -> [TreeHash] {
        let number = range.lowerBound / Tile.width
        if let tile = try storedTile(level: level, number: number) {
            return Array(tile[(range.lowerBound - number * Tile.width)..<(range.upperBound - number * Tile.width)])
        }
        guard level == 0 else {
            return try range.map { lower in
                try roots.root(level: level - 1, number: lower) {
                    guard let tile = try storedTile(level: level - 1, number: lower) else {
                        throw TreeDamage.tileMissing
                    }
                    return TileTree.root(ofFull: tile)
                }
            }
        }
        let rows = try connection.statement(
            "SELECT hash FROM events WHERE position > ? AND position <= ? ORDER BY position")
        rows.bind(1, range.lowerBound)
        rows.bind(2, range.upperBound)
        let hashes = try rows.rows { $0.bytes(0) }
        guard hashes.count == range.count, hashes.allSatisfy({ $0.count == 32 }) else { throw TreeDamage.eventMissing }
        return hashes
    }

    private func storedTile(level: Int, number: Int) throws -> [TreeHash]? {
        let rows = try connection.statement("SELECT hashes FROM tiles WHERE level = ? AND number = ?")
        rows.bind(1, level)
        rows.bind(2, number)
        guard let bytes = try rows.rows({ $0.bytes(0) }).first else { return nil }
        guard bytes.count == 32 * Tile.width else { throw TreeDamage.tileMissing }
        return stride(from: 0, to: bytes.count, by: 32).map { Array(bytes[$0..<($0 + 32)]) }
    }
}

/// The stored tree has holes; `LogVerifier` reports which.
package enum TreeDamage: Error, Equatable {
    case tileMissing, eventMissing
}
