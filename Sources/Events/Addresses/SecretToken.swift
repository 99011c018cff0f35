import Crypto
package import Foundation

/// A bearer token of 256 random bits. Stored only as its hash.
package struct SecretToken: Hashable, Sendable, LosslessStringConvertible {
    /// 43 characters of URL-safe base 64.
    package let description: String

    package static func random() -> SecretToken {
        SecretToken(encoding: SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) })
    }

    package init?(_ text: String) {
        guard text.utf8.count == 43, text.utf8.allSatisfy(SecretToken.isDigit) else { return nil }
        description = text
    }

    private init(encoding bytes: Data) { description = Base64URL.encode(bytes) }

    private static func isDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    package var hash: Data { Data(SHA256.hash(data: Data(description.utf8))) }
}
