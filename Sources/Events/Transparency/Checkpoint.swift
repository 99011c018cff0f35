import Crypto
import Foundation

/// The head of the log: how many events, and the root hash over them (C2SP tlog-checkpoint).
package struct Checkpoint: Hashable, Sendable {
    package let origin: String
    package let size: Int
    package let root: TreeHash

    package init(origin: String, size: Int, root: TreeHash) {
        self.origin = origin
        self.size = size
        self.root = root
    }

    /// The text that is signed, with its last newline.
    package var text: String { "\(origin)\n\(size)\n\(Data(root).base64EncodedString())\n" }
}

/// A checkpoint as a signed note (C2SP signed-note, Ed25519).
package struct SignedCheckpoint: Hashable, Sendable {
    package let checkpoint: Checkpoint
    /// The whole note: text, empty line, signature lines.
    package let note: String
}

extension SignedCheckpoint {
    /// Parses a checkpoint as it was kept or published. Its signatures are checked by `VerifierKey.verify`.
    package init(note: String) throws(MalformedNote) {
        self.init(checkpoint: try Checkpoint(text: try SignedNote(note).text), note: note)
    }
}

extension Checkpoint {
    /// Parses origin, size and root. Further lines are signed with them and ignored here.
    init(text: String) throws(MalformedNote) {
        let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropLast()
            .map { String(decoding: $0, as: UTF8.self) }
        guard lines.count >= 3, !lines.contains("") else {
            throw MalformedNote(reason: "it has not the three lines of a tree head")
        }
        guard let size = PlainNumber.parse(lines[1]) else { throw MalformedNote(reason: "its second line is no size") }
        guard let root = CanonicalBase64.decodeHash(lines[2]) else {
            throw MalformedNote(reason: "its third line is no hash")
        }
        self.init(origin: lines[0], size: size, root: root)
    }
}

/// The key that checks a log's checkpoints (C2SP signed-note).
package struct VerifierKey: NoteKey {
    package static let algorithm: UInt8 = 1

    package let name: String
    package let publicKey: [UInt8]

    package init(name: String, publicKey: [UInt8]) {
        self.name = name
        self.publicKey = publicKey
    }
}

extension Checkpoint {
    func signed(by key: Curve25519.Signing.PrivateKey) throws -> SignedCheckpoint {
        let verifier = VerifierKey(name: origin, publicKey: Array(key.publicKey.rawRepresentation))
        let signature = try key.signature(for: Array(text.utf8))
        let line = "\u{2014} \(origin) \(Data(verifier.id + signature).base64EncodedString())\n"
        return SignedCheckpoint(checkpoint: self, note: text + "\n" + line)
    }
}
