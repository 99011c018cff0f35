package import Crypto
package import Events
import Foundation

/// The CSRF token of forms, an HMAC of the visitor's cookie: a valid token proves that the form comes from a page served with that cookie.
///
/// It is masked anew for each page (random bytes, followed by the code XORed with them), so that the length of a compressed page reveals
/// nothing about it (BREACH).
package struct FormToken {
    private let code: [UInt8]

    package init(for cookie: SecretToken, under key: SymmetricKey) {
        code = Array(HMAC<SHA256>.authenticationCode(for: Data("form:\(cookie)".utf8), using: key))
    }

    /// The token for one page, freshly masked, in hex.
    package func masked() -> String {
        let mask = SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }
        return Hex.encode(mask + zip(mask, code).map { $0 ^ $1 })
    }

    package func isShown(in text: String) -> Bool {
        guard text.utf8.count == 4 * code.count, let bytes = Hex.decode(text) else { return false }
        // Constant time: no early exit, so that the duration does not reveal how many bytes match.
        var difference: UInt8 = 0
        for (index, byte) in code.enumerated() { difference |= bytes[index] ^ bytes[code.count + index] ^ byte }
        return difference == 0
    }
}
