import Crypto
import Foundation

/// A public key that signs notes, written `name+id+base64(algorithm ‖ key)` (C2SP signed-note).
package protocol NoteKey: Hashable, Sendable, LosslessStringConvertible {
    /// The byte that says what is signed, and how.
    static var algorithm: UInt8 { get }

    var name: String { get }
    /// The 32 bytes of an Ed25519 key.
    var publicKey: [UInt8] { get }

    init(name: String, publicKey: [UInt8])
}

extension NoteKey {
    private var marked: [UInt8] { [Self.algorithm] + publicKey }

    /// The first four bytes of SHA-256(name ‖ 0x0A ‖ algorithm ‖ key).
    package var id: [UInt8] { Array(SHA256.hash(data: Array(name.utf8) + [0x0A] + marked).prefix(4)) }

    package var description: String { "\(name)+\(Hex.encode(id))+\(Data(marked).base64EncodedString())" }

    package init?(_ text: String) {
        let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, !parts[0].isEmpty, let key = Data(base64Encoded: parts[2]), key.count == 33,
            key.first == Self.algorithm
        else { return nil }
        self.init(name: parts[0], publicKey: Array(key.dropFirst()))
        guard Hex.encode(id) == parts[1] else { return nil }
    }
}
