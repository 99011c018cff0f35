/// Selects the hashes of proofs, by RFC 6962 § 2.1; a closure supplies the hashes themselves.
enum Proving {
    /// The perfect subtree over the leaves `number << height ..< (number + 1) << height`.
    struct Subtree: Hashable {
        let height: Int
        let number: Int
    }

    /// The siblings of the nodes on the path from a leaf to the root, lowest first.
    static func inclusion(
        of index: Int, in size: Int, hash: (Subtree) throws -> TreeHash
    ) rethrows -> [TreeHash] {
        func path(_ range: Range<Int>) throws -> [TreeHash] {
            guard range.count > 1 else { return [] }
            let middle = split(range)
            return index < middle
                ? try path(range.lowerBound..<middle) + [root(middle..<range.upperBound, hash)]
                : try path(middle..<range.upperBound) + [root(range.lowerBound..<middle, hash)]
        }
        return try path(0..<size)
    }

    /// The hashes that rebuild both the root over the first `old` leaves and that over all `size`.
    static func consistency(
        from old: Int, to size: Int, hash: (Subtree) throws -> TreeHash
    ) rethrows -> [TreeHash] {
        func proof(_ range: Range<Int>, isWholeOldTree: Bool) throws -> [TreeHash] {
            if range.upperBound == old { return isWholeOldTree ? [] : [try root(range, hash)] }
            let middle = split(range)
            return old <= middle
                ? try proof(range.lowerBound..<middle, isWholeOldTree: isWholeOldTree) + [
                    root(middle..<range.upperBound, hash)
                ]
                : try proof(middle..<range.upperBound, isWholeOldTree: false) + [root(range.lowerBound..<middle, hash)]
        }
        return old == 0 || old == size ? [] : try proof(0..<size, isWholeOldTree: true)
    }

    /// The root over a range of leaves that begins at a multiple of its greatest subtree's width.
    static func root(_ range: Range<Int>, _ hash: (Subtree) throws -> TreeHash) rethrows -> TreeHash {
        guard !range.isEmpty else { return TreeHashing.emptyRoot }
        guard range.count & (range.count - 1) != 0 else {
            let height = range.count.trailingZeroBitCount
            return try hash(Subtree(height: height, number: range.lowerBound >> height))
        }
        let middle = split(range)
        return TreeHashing.node(
            try root(range.lowerBound..<middle, hash), try root(middle..<range.upperBound, hash))
    }

    /// Where a range divides: after the greatest power of two that is less than its width.
    private static func split(_ range: Range<Int>) -> Int {
        range.lowerBound + 1 << (Int.bitWidth - 1 - (range.count - 1).leadingZeroBitCount)
    }
}
