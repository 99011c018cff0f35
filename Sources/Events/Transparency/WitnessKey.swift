import Crypto
import Foundation

/// The key that checks a witness's cosignatures (C2SP tlog-cosignature).
package struct WitnessKey: NoteKey {
    package static let algorithm: UInt8 = 4

    package let name: String
    package let publicKey: [UInt8]

    package init(name: String, publicKey: [UInt8]) {
        self.name = name
        self.publicKey = publicKey
    }
}

/// The result of checking a checkpoint with a witness's key.
package enum CosignatureVerdict: Hashable, Sendable {
    /// The witness saw the checkpoint at that time, after every earlier one that it has cosigned.
    case valid(at: Instant)
    /// A cosignature names this key and does not verify.
    case wrong
    case absent
}

extension WitnessKey {
    package func verify(_ checkpoint: SignedCheckpoint) -> CosignatureVerdict {
        guard let note = try? SignedNote(checkpoint.note),
            let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey)
        else { return .wrong }
        let ours = note.signatures.filter { $0.name == name && $0.keyID == id }
        guard !ours.isEmpty else { return .absent }
        var latest: UInt64 = 0
        for cosignature in ours {
            // Seconds since 1970 in eight bytes, then the signature.
            guard cosignature.bytes.count == 72 else { return .wrong }
            let seconds = cosignature.bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            let signed = WitnessKey.signedText(note.text, at: seconds)
            guard seconds < 1 << 40, key.isValidSignature(cosignature.bytes.dropFirst(8), for: Array(signed.utf8))
            else {
                return .wrong
            }
            latest = max(latest, seconds)
        }
        return .valid(at: Instant(milliseconds: Int64(latest) * 1000))
    }

    /// - Parameter seconds: since 1970.
    package static func signedText(_ checkpoint: String, at seconds: UInt64) -> String {
        "cosignature/v1\ntime \(seconds)\n\(checkpoint)"
    }
}

/// What a log asks a witness to cosign (C2SP tlog-witness, `add-checkpoint`).
package struct CosignRequest: Sendable {
    package let checkpoint: SignedCheckpoint
    /// From the last checkpoint that the witness has seen.
    package let proof: ConsistencyProof

    package init(_ checkpoint: SignedCheckpoint, _ proof: ConsistencyProof) {
        self.checkpoint = checkpoint
        self.proof = proof
    }

    package var body: String {
        let hashes = proof.hashes.map { Data($0).base64EncodedString() + "\n" }.joined()
        return "old \(proof.earlier)\n\(hashes)\n\(checkpoint.note)"
    }
}

extension SignedCheckpoint {
    /// The checkpoint with further signature lines, as a witness returns them.
    /// - Throws: `MalformedNote`.
    package func adding(_ lines: String) throws(MalformedNote) -> SignedCheckpoint {
        try SignedCheckpoint(note: note + lines)
    }
}
