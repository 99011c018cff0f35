import Crypto
import Foundation
import Testing
import Testkit

@testable import Events

@Suite struct `Proofs and tiles of a log` {
    @Test func `every event can be proved to anyone with the verifier key`() async throws {
        let site = try TemporarySite()
        try await site.withLog { log async throws in
            _ = try await log.append(Note.append(stream(1), (1...600).map { Note.clear($0) }))
            for position in [1, 2, 255, 256, 257, 512, 513, 600] {
                let proof = try #require(await log.proof(ofEventAt: position))
                let received = try EventProof(text: proof.text)
                #expect(received == proof)
                #expect(site.verifierKey.verify(received.checkpoint) == .valid)
                #expect(received.proves(leafInput: try #require(try log.leafInput(ofEventAt: position))))
                #expect(!received.proves(leafInput: try #require(try log.leafInput(ofEventAt: position % 600 + 1))))
            }
            #expect(try await log.proof(ofEventAt: 601) == nil)
            #expect(try log.inclusionProof(ofEventAt: 5, size: 601) == nil)
        }
    }

    @Test func `a log proves that it continues every earlier checkpoint`() async throws {
        let site = try TemporarySite()
        try await site.withLog { log async throws in
            var kept: [Checkpoint] = [try await log.checkpoint().checkpoint]
            for size in [1, 255, 256, 257, 600] {
                _ = try await log.append(Note.append(stream(1), (log.head..<size).map { Note.clear($0) }))
                kept.append(try await log.checkpoint().checkpoint)
            }
            for (index, old) in kept.enumerated() {
                for new in kept[index...] {
                    let proof = try #require(try log.consistencyProof(from: old.size, to: new.size))
                    #expect(proof.proves(old, precedes: new))
                }
            }
            #expect(try log.consistencyProof(from: 1, to: 601) == nil)
        }
    }

    @Test func `tiles are served full and in part, and their hashes rebuild the root`() async throws {
        let site = try TemporarySite()
        try await site.withLog { log async throws in
            _ = try await log.append(Note.append(stream(1), (1...600).map { Note.clear($0) }))
            func tile(_ path: String) throws -> [UInt8]? { try log.tile(try #require(TilePath(path))) }
            let full = try #require(try tile("tile/0/001"))
            #expect(full.count == 8192)
            #expect(try tile("tile/0/001.p/7") == Array(full.prefix(7 * 32)))
            let last = try #require(try tile("tile/0/002.p/88"))
            #expect(try tile("tile/0/002.p/89") == nil)
            #expect(try tile("tile/0/002") == nil)
            let above = try #require(try tile("tile/1/000.p/2"))
            #expect(try tile("tile/1/000.p/3") == nil)
            #expect(try tile("tile/2/000.p/1") == nil)
            #expect(try tile("tile/63/000") == nil)

            var rest = TileTree()
            for start in stride(from: 0, to: last.count, by: 32) { _ = rest.append(Array(last[start..<(start + 32)])) }
            let left = TreeHashing.node(Array(above.prefix(32)), Array(above.suffix(32)))
            let root = try await log.checkpoint().checkpoint.root
            #expect(TreeHashing.node(left, rest.root) == root)
        }
    }

    @Test(arguments: [
        ("tile/0/000", 0, 0, 256), ("tile/1/x001/x234/067", 1, 1_234_067, 256),
        ("tile/0/x273/000.p/112", 0, 273_000, 112),
    ])
    func `a tile has one path`(path: String, level: Int, number: Int, width: Int) {
        #expect(TilePath(path) == TilePath(level: level, number: number, width: width))
        #expect(TilePath(level: level, number: number, width: width).description == path)
    }

    @Test(arguments: [
        "", "tile", "tile/0", "tile/0/", "tile/0/0", "tile/0/1000", "tile/0/x000/001", "tile/64/000", "tile/00/000",
        "tile/-1/000",
        "tile/0/000.p/256", "tile/0/000.p/0", "tile/0/000.p/01", "tile/0/000.p/", "tile/0/000.p", "tile/0/001/002",
        "tile/0/x001",
        "tile/0/000/", "/tile/0/000", "tile/0/+01", "tile/0/xx01", "tile/entries/000",
        "tile/0/x999/x999/x999/x999/x999/x999/x999/999",
    ])
    func `what is no tile's path is refused`(path: String) { #expect(TilePath(path) == nil) }
}

@Suite struct `Signed notes` {
    private let key = Curve25519.Signing.PrivateKey()
    private var verifier: VerifierKey { VerifierKey(name: "test", publicKey: Array(key.publicKey.rawRepresentation)) }
    private var signed: SignedCheckpoint {
        get throws { try Checkpoint(origin: "test", size: 3, root: TreeHashing.emptyRoot).signed(by: key) }
    }

    @Test func `a checkpoint survives being written and read, with witnesses' lines under it`() throws {
        #expect(try SignedCheckpoint(note: signed.note) == signed)
        let cosigned = try SignedCheckpoint(note: signed.note + "\u{2014} witness.example/1 AAAAAAAAAAA=\n")
        #expect(cosigned.checkpoint == (try signed.checkpoint))
        #expect(verifier.verify(cosigned) == .valid)
        #expect(VerifierKey(verifier.description) == verifier)
    }

    @Test func `extension lines are covered by the signature`() throws {
        let text = "test\n3\n\(Data(TreeHashing.emptyRoot).base64EncodedString())\nmore\n"
        let value = Data(verifier.id + (try key.signature(for: Array(text.utf8)))).base64EncodedString()
        let note = "\(text)\n\u{2014} test \(value)\n"
        #expect(verifier.verify(try SignedCheckpoint(note: note)) == .valid)
        #expect(verifier.verify(try SignedCheckpoint(note: note.replacing("more", with: "less"))) == .wrong)
    }

    @Test func `no character of a signed checkpoint can be changed`() throws {
        let note = Array(try signed.note.utf8)
        for index in note.indices {
            var changed = note
            changed[index] ^= 1
            let text = String(decoding: changed, as: UTF8.self)
            guard let checkpoint = try? SignedCheckpoint(note: text) else { continue }
            #expect(verifier.verify(checkpoint) != .valid, "byte \(index)")
        }
    }

    @Test(arguments: [
        "", "\n\n", "test\n3\nAAAA\n", "test\n3\n%\n\n\u{2014} test AAAAAAA=\n", "test\n03\n%\n", "test\n-3\n%\n",
        "\n3\n%\n", "test\n3\n",
        "test\n3\n\n%\n", "test\r\n3\r\n%\r\n", "test\n3\n%",
    ])
    func `what is no checkpoint is refused`(form: String) throws {
        let text = form.replacing(
            "%", with: form.contains("AAAAAAA=") ? "AAAA" : Data(TreeHashing.emptyRoot).base64EncodedString())
        for note in [text, text + "\n\u{2014} test AAAAAAA=\n"] {
            if note == "test\n3\n\(Data(TreeHashing.emptyRoot).base64EncodedString())\n\n\u{2014} test AAAAAAA=\n" {
                continue
            }
            #expect(throws: MalformedNote.self) { try SignedCheckpoint(note: note) }
        }
    }

    @Test(arguments: [
        "- test AAAAAAA=", "\u{2014} te+st AAAAAAA=", "\u{2014} test AAAA", "\u{2014} test AAAAAAB=",
        "\u{2014}  AAAAAAA=", "",
    ])
    func `a line that is no signature makes the note unreadable`(line: String) throws {
        #expect(throws: MalformedNote.self) { try SignedNote("text\n\n\(line)\n") }
    }

    @Test(arguments: [
        "c2sp.org/tlog-proof@v1\nindex 0\n\n", "c2sp.org/tlog-proof@v2\nindex 0\n\n%",
        "c2sp.org/tlog-proof@v1\nindex 00\n\n%",
        "c2sp.org/tlog-proof@v1\n\n%", "c2sp.org/tlog-proof@v1\nindex 0\nAAAA\n\n%",
        "c2sp.org/tlog-proof@v1\nextra ?\nindex 0\n\n%",
    ])
    func `what is no proof is refused`(form: String) throws {
        let text = try form.replacing("%", with: signed.note)
        #expect(throws: MalformedNote.self) { try EventProof(text: text) }
    }

    @Test func `extra data in a proof is passed over`() throws {
        let proof = try EventProof(text: "c2sp.org/tlog-proof@v1\nextra AAAA\nindex 2\n\n\(signed.note)")
        #expect(proof.position == 3)
    }
}
