/// Crockford's base 32 in lower case: no letter that can be taken for a digit.
enum Base32 {
    private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

    /// What each byte stands for; 255 where it is no digit.
    private static let values: [UInt8] = (0...255).map { byte in
        alphabet.firstIndex(of: byte).map(UInt8.init) ?? 255
    }

    static func encode(_ value: UInt128, digits: Int) -> String {
        String(unsafeUninitializedCapacity: digits) { buffer in
            var rest = value
            for index in stride(from: digits - 1, through: 0, by: -1) {
                buffer[index] = alphabet[Int(truncatingIfNeeded: rest & 31)]
                rest >>= 5
            }
            return digits
        }
    }

    /// Nil when a character is not of the alphabet or the value exceeds 128 bits.
    static func decode(_ text: some Sequence<UInt8>) -> UInt128? {
        var value: UInt128 = 0
        for character in text {
            let digit = values[Int(character)]
            guard value >> 123 == 0, digit < 32 else { return nil }
            value = value << 5 | UInt128(digit)
        }
        return value
    }
}
