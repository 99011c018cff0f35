import Foundation
import Testing
import Testkit

@testable import Events

/// A tree as the plain list of its leaves, with roots computed by the definition in RFC 6962 § 2.1.
private struct PlainTree {
    let leaves: [TreeHash]

    init(_ size: Int) { leaves = (0..<size).map { TreeHashing.leaf(Array("leaf \($0)".utf8)) } }
    init(inputs: [[UInt8]]) { leaves = inputs.map(TreeHashing.leaf) }

    func root(_ range: Range<Int>) -> TreeHash {
        if range.isEmpty { return TreeHashing.emptyRoot }
        if range.count == 1 { return leaves[range.lowerBound] }
        var width = 1
        while width * 2 < range.count { width *= 2 }
        let middle = range.lowerBound + width
        return TreeHashing.node(root(range.lowerBound..<middle), root(middle..<range.upperBound))
    }

    func hash(_ subtree: Proving.Subtree) -> TreeHash {
        root((subtree.number << subtree.height)..<((subtree.number + 1) << subtree.height))
    }

    func head(_ size: Int) -> Checkpoint { Checkpoint(origin: "test", size: size, root: root(0..<size)) }

    func inclusion(_ index: Int, in size: Int) -> InclusionProof {
        InclusionProof(index: index, hashes: Proving.inclusion(of: index, in: size, hash: hash))
    }

    func consistency(_ old: Int, _ size: Int) -> ConsistencyProof {
        ConsistencyProof(earlier: old, later: size, hashes: Proving.consistency(from: old, to: size, hash: hash))
    }
}

@Suite struct `The Merkle tree` {
    /// The leaves and roots commonly used to test implementations of RFC 6962.
    private let inputs = [
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    ]
    private let roots = [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ]

    @Test func `gives the known roots`() {
        var tree = TileTree()
        #expect(Hex.encode(tree.root) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        for (input, root) in zip(inputs, roots) {
            _ = tree.append(TreeHashing.leaf(Hex.decode(input) ?? []))
            #expect(Hex.encode(tree.root) == root)
        }
    }

    @Test func `gives the known proofs`() {
        let tree = PlainTree(inputs: inputs.map { Hex.decode($0) ?? [] })
        #expect(tree.inclusion(0, in: 1).hashes == [])
        #expect(
            tree.inclusion(0, in: 8).hashes.map { Hex.encode($0) } == [
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
            ])
        #expect(
            tree.consistency(6, 8).hashes.map { Hex.encode($0) } == [
                "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ])
    }

    @Test func `has the root that the definition gives at every size to 600`() {
        let plain = PlainTree(600)
        var tree = TileTree()
        for size in 0...600 {
            #expect(tree.root == plain.root(0..<size))
            if size < 600 { _ = tree.append(plain.leaves[size]) }
        }
    }

    @Test(arguments: [1, 2, 3, 7, 8, 31, 64, 65, 100]) func `proves every leaf, and no other leaf or place`(size: Int) {
        let tree = PlainTree(size + 1)
        let head = tree.head(size)
        for index in 0..<size {
            let proof = tree.inclusion(index, in: size)
            #expect(proof.proves(tree.leaves[index], in: head))
            #expect(!proof.proves(tree.leaves[index + 1], in: head))
            #expect(!InclusionProof(index: size, hashes: proof.hashes).proves(tree.leaves[index], in: head))
            #expect(
                !InclusionProof(index: index, hashes: proof.hashes + [head.root]).proves(tree.leaves[index], in: head))
            if size > 1 {
                #expect(!InclusionProof(index: index ^ 1, hashes: proof.hashes).proves(tree.leaves[index], in: head))
                #expect(
                    !InclusionProof(index: index, hashes: proof.hashes.dropLast()).proves(tree.leaves[index], in: head))
            }
        }
    }

    @Test func `proves that every smaller tree is a beginning of the larger`() {
        let tree = PlainTree(40)
        for size in 0...40 {
            for old in 0...size {
                let proof = tree.consistency(old, size)
                #expect(proof.proves(tree.head(old), precedes: tree.head(size)), "\(old) \(size)")
                let forged = Checkpoint(origin: "test", size: old, root: TreeHashing.leaf([1]))
                #expect(!proof.proves(forged, precedes: tree.head(size)))
                guard old > 0, old < size else { continue }
                #expect(
                    !proof.proves(tree.head(old), precedes: Checkpoint(origin: "test", size: size, root: forged.root)))
                #expect(
                    !ConsistencyProof(earlier: old, later: size, hashes: proof.hashes + [forged.root])
                        .proves(tree.head(old), precedes: tree.head(size)))
            }
        }
    }

    @Test func `proves random leaves and pasts of random sizes`() {
        let tree = PlainTree(600)
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<60 {
            let size = Int.random(in: 1...600, using: &generator)
            let index = Int.random(in: 0..<size, using: &generator)
            #expect(tree.inclusion(index, in: size).proves(tree.leaves[index], in: tree.head(size)))
            #expect(tree.consistency(index, size).proves(tree.head(index), precedes: tree.head(size)))
        }
    }
}
