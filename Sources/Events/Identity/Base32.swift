/// Crockford's base 32 in lower case: no letter that can be mistaken for a digit.
enum Base32 {
    private static let alphabet: StaticString = "0123456789abcdefghjkmnpqrstvwxyz"

    /// The value of each byte from "0" to "z"; 255 for one that is no digit. A literal, so that it is static data and never copied.
    private static let values: [UInt8] = [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        10, 11, 12, 13, 14, 15, 16, 17, 255, 18, 19, 255, 20, 21, 255, 22, 23, 24, 25, 26, 255, 27, 28, 29, 30, 31,
    ]

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
        for character in text {
            let index = Int(character) - Int(UInt8(ascii: "0"))
            guard values.indices.contains(index), value >> (Value.bitWidth - 5) == 0 else { return nil }
            let digit = values[index]
            guard digit < 32 else { return nil }
            value = value << 5 | Value(digit)
        }
        return value
    }
}
