import Crypto
import Foundation

/// AES-256-GCM with a fresh nonce, bound to the event's place: a ciphertext that was moved or swapped does not open.
enum Seal {
    /// The additional data that a sealed part is bound to. `docs/log-format.md` gives its bytes.
    struct Place {
        let bytes: [UInt8]

        /// - Parameters: texts in UTF-8, as stored in the log.
        init<Text: Collection<UInt8>>(
            log: LogIdentity, stream: Text, version: Int, type: Text, schema: Int, subject: Text, owner: Text, key: Int
        ) {
            var bytes: [UInt8] = []
            bytes.reserveCapacity(192)
            bytes += "mikroforetag.sealed.v1\n".utf8
            func add(_ text: some Collection<UInt8>) {
                bytes.append(contentsOf: text)
                bytes.append(UInt8(ascii: "\n"))
            }
            add(log.id.utf8)
            add(stream)
            add(String(version).utf8)
            add(type)
            add(String(schema).utf8)
            add(subject)
            add(owner)
            bytes += String(key).utf8
            self.bytes = bytes
        }
    }

    /// - Parameter nonces: the source of the fresh nonce.
    /// - Returns: nonce, ciphertext and tag.
    static func seal(
        _ plaintext: [UInt8], with key: SymmetricKey, at place: Place, nonces: inout RandomSupply
    ) throws -> [UInt8] {
        try seal(plaintext, with: key, binding: place.bytes, nonces: &nonces)
    }

    /// Nil when the bytes are not what was sealed at this place.
    static func open(_ sealed: UnsafeRawBufferPointer, with key: SymmetricKey, at place: Place) -> [UInt8]? {
        open(sealed, with: key, binding: place.bytes)
    }

    static func seal(_ plaintext: [UInt8], with key: SymmetricKey, binding data: [UInt8]) throws -> [UInt8] {
        try bytes(of: AES.GCM.seal(plaintext, using: key, authenticating: data))
    }

    static func seal(
        _ plaintext: [UInt8], with key: SymmetricKey, binding data: [UInt8], nonces: inout RandomSupply
    ) throws -> [UInt8] {
        let nonce = try nonces.take(nonceSize) { try AES.GCM.Nonce(data: $0) }
        return try bytes(of: AES.GCM.seal(plaintext, using: key, nonce: nonce, authenticating: data))
    }

    private static let nonceSize = 12

    private static func bytes(of box: AES.GCM.SealedBox) throws -> [UInt8] {
        // Never nil for a nonce of that size.
        guard let combined = box.combined else { throw CryptoKitError.incorrectParameterSize }
        return combined.withUnsafeBytes(Array.init)
    }

    static func open(_ sealed: some DataProtocol, with key: SymmetricKey, binding data: [UInt8]) -> [UInt8]? {
        guard let box = try? AES.GCM.SealedBox(combined: sealed),
            let plaintext = try? AES.GCM.open(box, using: key, authenticating: data)
        else { return nil }
        return plaintext.withUnsafeBytes(Array.init)
    }
}

/// A sealed part that should open and does not.
package enum SealDamage: Error, Equatable {
    /// The ciphertext or its place was changed.
    case tampered(position: Int)
    /// The vault does not know the key: it is older than the log.
    case keyMissing(position: Int)
}
