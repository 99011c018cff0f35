import Crypto

/// A SHA-256 hash of the Merkle tree (RFC 6962 § 2.1).
package typealias TreeHash = [UInt8]

/// The two hashes of the tree: of a leaf, and of an inner node.
package enum TreeHashing {
    package static func leaf(_ input: [UInt8]) -> TreeHash {
        var hash = SHA256()
        hash.update(data: leafPrefix)
        hash.update(data: input)
        return hash.finalize().withUnsafeBytes { Array($0) }
    }

    package static func node(_ left: TreeHash, _ right: TreeHash) -> TreeHash {
        withUnsafeTemporaryAllocation(byteCount: 65, alignment: 1) { input in
            input[0] = 1
            input[1..<33].copyBytes(from: left)
            input[33..<65].copyBytes(from: right)
            var hash = SHA256()
            hash.update(bufferPointer: UnsafeRawBufferPointer(input))
            return hash.finalize().withUnsafeBytes { Array($0) }
        }
    }

    private static let leafPrefix: [UInt8] = [0]

    package static let emptyRoot = Array(SHA256.hash(data: []))
}

/// A full tile of C2SP tlog-tiles: 256 hashes of one level, where a tile level spans eight levels of the tree.
package struct Tile: Hashable, Sendable {
    package static let width = 256

    package let level: Int
    package let number: Int
    package let hashes: [TreeHash]
}

/// The right edge of the growing tree: for each tile level the hashes that do not fill a tile yet.
package struct TileTree: Sendable {
    package private(set) var size = 0
    private var partial: [[TreeHash]] = []

    package init() {}

    /// The tree as it was stored: its full tiles' roots are hashes of the level above.
    init(size: Int, partial: [[TreeHash]]) {
        self.size = size
        self.partial = partial
    }

    /// Adds a leaf and returns the tiles that it completed, lowest first.
    package mutating func append(_ leaf: TreeHash) -> [Tile] {
        var completed: [Tile] = []
        var hash = leaf
        var level = 0
        size += 1
        while true {
            if partial.count == level { partial.append([]) }
            partial[level].append(hash)
            guard partial[level].count == Tile.width else { return completed }
            let number = (size >> (8 * (level + 1))) - 1
            completed.append(Tile(level: level, number: number, hashes: partial[level]))
            hash = TileTree.root(ofFull: partial[level])
            partial[level] = []
            level += 1
        }
    }

    /// The tree head (RFC 6962 § 2.1).
    package var root: TreeHash {
        var peaks: [TreeHash] = []
        for hashes in partial.reversed() {
            var rest = hashes[...]
            while !rest.isEmpty {
                let width = 1 << (Int.bitWidth - 1 - rest.count.leadingZeroBitCount)
                peaks.append(TileTree.root(ofFull: Array(rest.prefix(width))))
                rest = rest.dropFirst(width)
            }
        }
        guard var root = peaks.popLast() else { return TreeHashing.emptyRoot }
        while let left = peaks.popLast() { root = TreeHashing.node(left, root) }
        return root
    }

    /// The root of a perfect subtree whose width is a power of two.
    static func root(ofFull hashes: [TreeHash]) -> TreeHash {
        var level = hashes
        while level.count > 1 {
            level = stride(from: 0, to: level.count, by: 2).map { TreeHashing.node(level[$0], level[$0 + 1]) }
        }
        return level[0]
    }
}
