package import Crypto
package import Events
import Foundation

/// The token that forms carry for the visitor with a cookie: whoever has it has read one of our pages with the cookie.
///
/// It is written differently on every page, so that the length of a compressed page tells nothing of it: first random bytes, then the
/// code combined with them.
package struct FormToken {
    private let code: [UInt8]

    package init(for cookie: SecretToken, under key: SymmetricKey) {
        code = Array(HMAC<SHA256>.authenticationCode(for: Data("form:\(cookie)".utf8), using: key))
    }

    /// For one page.
    package func masked() -> String {
        let mask = SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }
        return Hex.encode(mask + zip(mask, code).map { $0 ^ $1 })
    }

    package func isShown(in text: String) -> Bool {
        guard text.utf8.count == 4 * code.count, let bytes = Hex.decode(text) else { return false }
        // No early exit: how long it takes says nothing about how much was right.
        var difference: UInt8 = 0
        for (index, byte) in code.enumerated() { difference |= bytes[index] ^ bytes[code.count + index] ^ byte }
        return difference == 0
    }
}
