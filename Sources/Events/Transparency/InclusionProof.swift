/// The proof that one event is in a log of a certain size (RFC 6962 § 2.1.1, checked as in RFC 9162 § 2.1.3.2).
package struct InclusionProof: Hashable, Sendable {
    /// The event's position − 1.
    package let index: Int
    /// The siblings of the nodes on the path from the leaf to the root, lowest first.
    package let hashes: [TreeHash]

    package init(index: Int, hashes: [TreeHash]) {
        self.index = index
        self.hashes = hashes
    }

    package func proves(_ leaf: TreeHash, in head: Checkpoint) -> Bool {
        guard index >= 0, index < head.size, ([leaf] + hashes).allSatisfy({ $0.count == 32 }) else { return false }
        var node = index
        var last = head.size - 1
        var root = leaf
        for hash in hashes {
            guard last > 0 else { return false }
            if node & 1 == 1 || node == last {
                root = TreeHashing.node(hash, root)
                while node & 1 == 0, node > 0 { (node, last) = (node >> 1, last >> 1) }
            } else {
                root = TreeHashing.node(root, hash)
            }
            (node, last) = (node >> 1, last >> 1)
        }
        return last == 0 && root == head.root
    }
}
