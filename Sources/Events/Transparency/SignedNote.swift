import Crypto
import Foundation

/// A text with signatures under it (C2SP signed-note).
package struct SignedNote: Hashable, Sendable {
    package struct Signature: Hashable, Sendable {
        package let name: String
        /// The four bytes by which a verifier recognises its key.
        package let keyID: [UInt8]
        package let bytes: [UInt8]
    }

    /// The signed text, with its last newline.
    package let text: String
    package let signatures: [Signature]

    /// - Throws: `MalformedNote`.
    package init(_ note: String) throws(MalformedNote) {
        let bytes = Array(note.utf8)
        guard bytes.count <= SignedNote.longest else { throw MalformedNote(reason: "it is too long") }
        guard bytes.allSatisfy({ $0 >= 0x20 || $0 == newline }) else {
            throw MalformedNote(reason: "it has control characters")
        }
        guard bytes.last == newline else { throw MalformedNote(reason: "its last line has no end") }
        guard let gap = (1..<bytes.count).last(where: { bytes[$0] == newline && bytes[$0 - 1] == newline }) else {
            throw MalformedNote(reason: "no empty line comes before signatures")
        }
        text = String(decoding: bytes[..<gap], as: UTF8.self)
        var signatures: [Signature] = []
        for line in bytes[(gap + 1)...].dropLast().split(separator: newline, omittingEmptySubsequences: false) {
            guard let signature = Signature(line: String(decoding: line, as: UTF8.self)) else {
                throw MalformedNote(reason: "a line after the empty line is no signature")
            }
            signatures.append(signature)
        }
        self.signatures = signatures
    }

    private static let longest = 1 << 20
}

/// Why a text is no signed note, or no checkpoint.
package struct MalformedNote: Error, Hashable, CustomStringConvertible {
    package let reason: String
    package var description: String { "not a signed checkpoint: \(reason)" }
}

private let newline = UInt8(ascii: "\n")

extension SignedNote.Signature {
    /// Reads `— name base64(key id ‖ signature)`.
    fileprivate init?(line: String) {
        let words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        guard words.count == 3, words[0] == "\u{2014}", !words[1].isEmpty, let value = CanonicalBase64.decode(words[2]),
            !words[1].unicodeScalars.contains(where: { $0 == "+" || $0.properties.isWhitespace }), value.count > 4
        else { return nil }
        self.init(name: words[1], keyID: Array(value.prefix(4)), bytes: Array(value.dropFirst(4)))
    }
}

/// Base 64 in which each value has one spelling.
enum CanonicalBase64 {
    static func decode(_ text: String) -> [UInt8]? {
        guard let data = Data(base64Encoded: text), data.base64EncodedString() == text else { return nil }
        return Array(data)
    }

    static func decodeHash(_ text: String) -> TreeHash? {
        guard let hash = decode(text), hash.count == 32 else { return nil }
        return hash
    }
}

/// A number in decimal digits without leading zeroes.
enum PlainNumber {
    static func parse(_ text: some StringProtocol) -> Int? {
        guard let number = Int(text), number >= 0, String(number) == text else { return nil }
        return number
    }
}

/// The result of checking a note with a verifier key.
package enum SignatureVerdict: String, Hashable, Sendable {
    case valid
    /// A signature names this key and does not verify.
    case wrong
    case absent
}

extension VerifierKey {
    /// Checks this key's signatures; those of other keys, such as witnesses' cosignatures, are ignored.
    package func verify(_ note: SignedNote) -> SignatureVerdict {
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey) else { return .wrong }
        let ours = note.signatures.filter { $0.name == name && $0.keyID == id }
        guard !ours.isEmpty else { return .absent }
        return ours.allSatisfy { key.isValidSignature($0.bytes, for: Array(note.text.utf8)) } ? .valid : .wrong
    }

    package func verify(_ checkpoint: SignedCheckpoint) -> SignatureVerdict {
        guard let note = try? SignedNote(checkpoint.note) else { return .wrong }
        return verify(note)
    }
}
