import Crypto
import Foundation

/// 256 random bits that whoever shows them is believed for. Stored only as their hash.
struct SecretToken: Hashable, Sendable, LosslessStringConvertible {
    /// 43 characters of base 64 for addresses.
    let description: String

    static func random() -> SecretToken {
        let bytes = SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) }
        return SecretToken(encoding: bytes)
    }

    init?(_ text: String) {
        guard text.utf8.count == 43, text.utf8.allSatisfy(SecretToken.isDigit) else { return nil }
        description = text
    }

    private init(encoding bytes: Data) {
        description = bytes.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
            .replacing("=", with: "")
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    var hash: Data { Data(SHA256.hash(data: Data(description.utf8))) }
}
