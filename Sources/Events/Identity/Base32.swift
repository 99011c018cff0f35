/// Crockford's base 32 in lower case: no letter that can be taken for a digit.
enum Base32 {
    private static let alphabet: StaticString = "0123456789abcdefghjkmnpqrstvwxyz"

    /// What each byte stands for; 255 where it is no digit.
    private static let values: InlineArray<256, UInt8> = {
        var values = InlineArray<256, UInt8>(repeating: 255)
        for digit in 0..<alphabet.utf8CodeUnitCount { values[Int(alphabet.utf8Start[digit])] = UInt8(digit) }
        return values
    }()

    static func encode(_ value: some FixedWidthInteger & UnsignedInteger, digits: Int) -> String {
        let alphabet = alphabet.utf8Start
        return String(unsafeUninitializedCapacity: digits) { buffer in
            var rest = value
            for index in stride(from: digits - 1, through: 0, by: -1) {
                buffer[index] = alphabet[Int(truncatingIfNeeded: rest & 31)]
                rest >>= 5
            }
            return digits
        }
    }

    /// Nil when a character is not of the alphabet or the value exceeds the type's bits.
    static func decode<Value: FixedWidthInteger & UnsignedInteger>(
        _ text: some Sequence<UInt8>, as type: Value.Type = Value.self
    ) -> Value? {
        var value: Value = 0
        let values = values
        for character in text {
            let digit = values[Int(character)]
            guard value >> (Value.bitWidth - 5) == 0, digit < 32 else { return nil }
            value = value << 5 | Value(digit)
        }
        return value
    }
}
