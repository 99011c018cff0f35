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
        let digits = bytes.base64EncodedData().compactMap { digit -> UInt8? in
            switch digit {
            case UInt8(ascii: "+"): UInt8(ascii: "-")
            case UInt8(ascii: "/"): UInt8(ascii: "_")
            case UInt8(ascii: "="): nil
            default: digit
            }
        }
        description = String(decoding: digits, as: UTF8.self)
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

    /// The token that forms carry for the visitor with this cookie: whoever has it has read one of our pages with the cookie.
    func formToken(under key: SymmetricKey) -> String {
        let code = HMAC<SHA256>.authenticationCode(for: Data("form:\(description)".utf8), using: key)
        return SecretToken(encoding: Data(code)).description
    }

    func isFormToken(_ shown: String, under key: SymmetricKey) -> Bool {
        let expected = Array(formToken(under: key).utf8)
        let shown = Array(shown.utf8)
        guard expected.count == shown.count else { return false }
        // No early exit: how long it takes says nothing about how much was right.
        return zip(expected, shown).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
