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

    /// - Returns: nonce, ciphertext and tag.
    static func seal(_ plaintext: [UInt8], with key: SymmetricKey, at place: Place) throws -> [UInt8] {
        try seal(plaintext, with: key, binding: place.additionalData)
    }

    /// Nil when the bytes are not what was sealed at this place.
    static func open(_ sealed: [UInt8], with key: SymmetricKey, at place: Place) -> [UInt8]? {
        open(sealed, with: key, binding: place.additionalData)
    }

    static func seal(_ plaintext: [UInt8], with key: SymmetricKey, binding data: [UInt8]) throws -> [UInt8] {
        let box = try AES.GCM.seal(plaintext, using: key, authenticating: data)
        var sealed: [UInt8] = []
        sealed.reserveCapacity(12 + plaintext.count + 16)
        sealed.append(contentsOf: box.nonce)
        sealed.append(contentsOf: box.ciphertext)
        sealed.append(contentsOf: box.tag)
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
