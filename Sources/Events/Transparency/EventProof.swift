import Foundation

/// The proof that one event is in the log, to be kept and checked offline (C2SP tlog-proof).
package struct EventProof: Hashable, Sendable {
    package let inclusion: InclusionProof
    package let checkpoint: SignedCheckpoint

    package init(inclusion: InclusionProof, checkpoint: SignedCheckpoint) {
        self.inclusion = inclusion
        self.checkpoint = checkpoint
    }

    package var position: Int { inclusion.index + 1 }

    /// Whether `leafInput` is the event at this place in the checkpointed tree. The signature is checked by `VerifierKey.verify`.
    package func proves(leafInput: [UInt8]) -> Bool {
        inclusion.proves(TreeHashing.leaf(leafInput), in: checkpoint.checkpoint)
    }
}

extension EventProof {
    package static let title = "c2sp.org/tlog-proof@v1"

    /// The text form, for a file named `*.tlog-proof`.
    package var text: String {
        let lines =
            [EventProof.title, "index \(inclusion.index)"] + inclusion.hashes.map { Data($0).base64EncodedString() }
        return lines.joined(separator: "\n") + "\n\n" + checkpoint.note
    }

    /// - Throws: `MalformedNote`.
    package init(text: String) throws(MalformedNote) {
        let bytes = Array(text.utf8)
        let newline = UInt8(ascii: "\n")
        guard let gap = bytes.indices.dropFirst().first(where: { bytes[$0] == newline && bytes[$0 - 1] == newline })
        else {
            throw MalformedNote(reason: "no empty line comes before the checkpoint")
        }
        var lines = bytes[..<(gap - 1)].split(separator: newline).map { String(decoding: $0, as: UTF8.self) }[...]
        guard lines.popFirst() == EventProof.title else { throw MalformedNote(reason: "it is no proof") }
        // Opaque data for other applications, which no signature covers.
        if let extra = lines.first, extra.hasPrefix("extra ") {
            guard CanonicalBase64.decode(String(extra.dropFirst(6))) != nil else {
                throw MalformedNote(reason: "unreadable extra data")
            }
            lines.removeFirst()
        }
        guard let line = lines.popFirst(), line.hasPrefix("index "), let index = PlainNumber.parse(line.dropFirst(6))
        else {
            throw MalformedNote(reason: "it names no index")
        }
        var hashes: [TreeHash] = []
        for line in lines {
            guard let hash = CanonicalBase64.decodeHash(line) else {
                throw MalformedNote(reason: "a line of the proof is no hash")
            }
            hashes.append(hash)
        }
        let note = String(decoding: bytes[(gap + 1)...], as: UTF8.self)
        self.init(inclusion: InclusionProof(index: index, hashes: hashes), checkpoint: try SignedCheckpoint(note: note))
    }
}
