import Crypto
import Foundation

/// AES-256-GCM with a fresh nonce, bound to the event's place: a ciphertext that was moved or swapped does not open.
enum Seal {
    /// What a sealed part is bound to. `docs/log-format.md` gives the bytes.
    struct Place {
        let log: LogIdentity
        let stream: String
        let version: Int
        let type: String
        let schema: Int
        let subject: String
        let owner: String
        let key: Int

        var additionalData: [UInt8] {
            Array(
                "mikroforetag.sealed.v1\n\(log.id)\n\(stream)\n\(version)\n\(type)\n\(schema)\n\(subject)\n\(owner)\n\(key)"
                    .utf8)
        }
    }

    /// - Parameter nonces: where a fresh one is taken from.
    /// - Returns: nonce, ciphertext and tag.
    static func seal(
        _ plaintext: [UInt8], with key: SymmetricKey, at place: Place, nonces: inout RandomSupply
    ) throws -> [UInt8] {
        try seal(plaintext, with: key, binding: place.additionalData, nonces: &nonces)
    }

    /// Nil when the bytes are not what was sealed at this place.
    static func open(_ sealed: [UInt8], with key: SymmetricKey, at place: Place) -> [UInt8]? {
        open(sealed, with: key, binding: place.additionalData)
    }

    static func seal(_ plaintext: [UInt8], with key: SymmetricKey, binding data: [UInt8]) throws -> [UInt8] {
        bytes(of: try AES.GCM.seal(plaintext, using: key, authenticating: data))
    }

    static func seal(
        _ plaintext: [UInt8], with key: SymmetricKey, binding data: [UInt8], nonces: inout RandomSupply
    ) throws -> [UInt8] {
        let nonce = try nonces.take(nonceSize) { try AES.GCM.Nonce(data: $0) }
        return bytes(of: try AES.GCM.seal(plaintext, using: key, nonce: nonce, authenticating: data))
    }

    private static let nonceSize = 12

    private static func bytes(of box: AES.GCM.SealedBox) -> [UInt8] {
        var sealed: [UInt8] = []
        sealed.reserveCapacity(nonceSize + box.ciphertext.count + box.tag.count)
        box.nonce.withUnsafeBytes { sealed.append(contentsOf: $0) }
        box.ciphertext.withUnsafeBytes { sealed.append(contentsOf: $0) }
        box.tag.withUnsafeBytes { sealed.append(contentsOf: $0) }
        return sealed
    }

    static func open(_ sealed: [UInt8], with key: SymmetricKey, binding data: [UInt8]) -> [UInt8]? {
        guard let box = try? AES.GCM.SealedBox(combined: sealed),
            let plaintext = try? AES.GCM.open(box, using: key, authenticating: data)
        else { return nil }
        return Array(plaintext)
    }
}

/// A sealed part that should open and does not.
package enum SealDamage: Error, Equatable {
    /// The ciphertext or its place was changed.
    case tampered(position: Int)
    /// The vault does not know the key: it is older than the log.
    case keyMissing(position: Int)
}
