/// The proof that a log only grew between two sizes (RFC 6962 § 2.1.2, checked as in RFC 9162 § 2.1.4.2).
package struct ConsistencyProof: Hashable, Sendable {
    package let earlier: Int
    package let later: Int
    package let hashes: [TreeHash]

    package init(earlier: Int, later: Int, hashes: [TreeHash]) {
        self.earlier = earlier
        self.later = later
        self.hashes = hashes
    }

    package func proves(_ old: Checkpoint, precedes new: Checkpoint) -> Bool {
        guard old.origin == new.origin, old.size == earlier, new.size == later, earlier >= 0, earlier <= later,
            ([old.root, new.root] + hashes).allSatisfy({ $0.count == 32 })
        else { return false }
        if earlier == later { return hashes.isEmpty && old.root == new.root }
        if earlier == 0 { return hashes.isEmpty && old.root == TreeHashing.emptyRoot }
        // A perfect old tree is itself the first hash of the path.
        var rest = (earlier & (earlier - 1) == 0 ? [old.root] : []) + hashes
        guard !rest.isEmpty else { return false }
        var (node, last) = (earlier - 1, later - 1)
        while node & 1 == 1 { (node, last) = (node >> 1, last >> 1) }
        var oldRoot = rest.removeFirst()
        var newRoot = oldRoot
        for hash in rest {
            guard last > 0 else { return false }
            if node & 1 == 1 || node == last {
                oldRoot = TreeHashing.node(hash, oldRoot)
                newRoot = TreeHashing.node(hash, newRoot)
                while node & 1 == 0, node > 0 { (node, last) = (node >> 1, last >> 1) }
            } else {
                newRoot = TreeHashing.node(newRoot, hash)
            }
            (node, last) = (node >> 1, last >> 1)
        }
        return last == 0 && oldRoot == old.root && newRoot == new.root
    }
}
