import Crypto
package import Events

/// The secret that an authenticator app shares with the site, and the codes derived from it (RFC 6238: SHA-1, six digits, thirty seconds).
package struct TOTPSecret: Hashable, Sendable, Redacted {
    let bytes: [UInt8]

    /// In bytes, as RFC 4226 recommends.
    package static let length = 20
    /// In milliseconds.
    static let period: Int64 = 30_000
    /// Number of steps before and after the current one whose codes are accepted, since clocks differ.
    private static let drift = 1

    package init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Base 32 (RFC 4648) without padding, as apps expect it.
    package var base32: String {
        var text = ""
        var (rest, bits) = (0, 0)
        for byte in bytes {
            (rest, bits) = (rest << 8 | Int(byte), bits + 8)
            while bits >= 5 {
                bits -= 5
                text.append(TOTPSecret.alphabet[rest >> bits & 31])
            }
            rest &= 1 << bits - 1
        }
        if bits > 0 { text.append(TOTPSecret.alphabet[rest << (5 - bits) & 31]) }
        return text
    }

    /// Nil for anything but whole bytes in base 32.
    package init?(base32 text: String) {
        var bytes: [UInt8] = []
        var (rest, bits) = (0, 0)
        for character in text {
            guard let value = TOTPSecret.alphabet.firstIndex(of: character) else { return nil }
            (rest, bits) = (rest << 5 | value, bits + 5)
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(rest >> bits & 255))
            }
            rest &= 1 << bits - 1
        }
        guard rest == 0, !bytes.isEmpty else { return nil }
        self.bytes = bytes
    }

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")

    static func step(at time: Instant) -> Int { Int(time.milliseconds / period) }

    /// - Parameter digits: six on the site; the test vectors of RFC 6238 have eight.
    package func code(at step: Int, digits: Int = EnteredCode.digits) -> String {
        let counter = withUnsafeBytes(of: UInt64(max(0, step)).bigEndian) { Array($0) }
        let hash = Array(
            HMAC<Insecure.SHA1>.authenticationCode(for: counter, using: SymmetricKey(data: bytes)))
        let offset = Int(hash[hash.count - 1] & 15)
        let number = hash[offset..<offset + 4].reduce(0) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
        let modulus = (0..<digits).reduce(UInt32(1)) { product, _ in product * 10 }
        let text = String(number % modulus)
        return String(repeating: "0", count: digits - text.count) + text
    }

    /// The step that the code belongs to, near `time` and later than the last accepted one.
    func step(of code: [UInt8], at time: Instant, after last: Int) -> Int? {
        let now = TOTPSecret.step(at: time)
        // Every step is compared completely, so that the time does not reveal which one matched.
        return ((now - TOTPSecret.drift)...(now + TOTPSecret.drift)).reduce(nil) { found, step in
            let isRight = Array(self.code(at: step).utf8).isSame(as: code)
            return isRight && step > last ? step : found
        }
    }
}

extension TOTPSecret: SealedText {
    package static let field = PersonalField.twoFactorSecret
    package init?(recorded text: String) { self.init(base32: text) }
    package var recorded: String { base32 }
}
