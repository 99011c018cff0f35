/// Tolerant decoders for the transfer encodings of RFC 2045.
enum TransferEncoding {
    /// Keeps a `=` that starts no escape (6.7). If there is one, the encoder was faulty, and anything that looks like an escape of a letter
    /// or digit, which no encoder escapes, is kept too: `?id=42`.
    static func quotedPrintable(_ bytes: some Collection<UInt8>) -> [UInt8] {
        var (output, isSloppy) = ([UInt8](), false)
        let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        output.reserveCapacity(bytes.count)
        for line in lines where !isSloppy { isSloppy = hasFalseEscape(Array(line)) }
        for (index, line) in lines.enumerated() {
            let isSoft = append(Array(line), isSloppy, to: &output)
            if !isSoft, index < lines.count - 1 { output.append(0x0A) }
        }
        return output
    }

    /// - Returns: whether the line ends with a soft break.
    private static func append(_ line: [UInt8], _ isSloppy: Bool, to output: inout [UInt8]) -> Bool {
        var line = line[...]
        while let last = line.last, isBlank(last) { line.removeLast() }
        let isSoft = line.last == UInt8(ascii: "=")
        if isSoft { line.removeLast() }
        while let byte = line.popFirst() {
            if byte == UInt8(ascii: "="), let value = escaped(line.prefix(2), isSloppy) {
                output.append(value)
                line = line.dropFirst(2)
            } else {
                output.append(byte)
            }
        }
        return isSoft
    }

    private static func hasFalseEscape(_ line: [UInt8]) -> Bool {
        var line = line[...]
        while let last = line.last, isBlank(last) { line.removeLast() }
        if line.last == UInt8(ascii: "=") { line.removeLast() }
        while let start = line.firstIndex(of: UInt8(ascii: "=")) {
            line = line[(start + 1)...]
            if escaped(line.prefix(2), false) == nil { return true }
        }
        return false
    }

    private static func escaped(_ digits: ArraySlice<UInt8>, _ isSloppy: Bool) -> UInt8? {
        guard digits.count == 2, let high = hex(digits[digits.startIndex]), let low = hex(digits[digits.startIndex + 1])
        else { return nil }
        let value = high << 4 | low
        guard isSloppy else { return value }
        let isLowercase = digits.contains { $0 >= UInt8(ascii: "a") }
        // Encoders escape few characters needlessly: the F of `From ` and some signs, for old relays.
        let isNeedless =
            (0x30...0x39).contains(value) || (0x61...0x7A).contains(value)
            || (0x41...0x5A).contains(value) && value != UInt8(ascii: "F")
        return isLowercase || isNeedless ? nil : value
    }

    private static func hex(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        case 0x61...0x66: byte - 0x61 + 10
        default: nil
        }
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }

    /// Skips characters outside the alphabet; padding may be missing.
    static func base64(_ bytes: some Collection<UInt8>) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count / 4 * 3 + 3)
        var (bits, count): (UInt32, Int) = (0, 0)
        for byte in bytes {
            guard let value = sextet(byte) else {
                // Padding ends one encoded text; another may follow.
                if byte == UInt8(ascii: "=") { (bits, count) = (0, 0) }
                continue
            }
            bits = bits << 6 | UInt32(value)
            count += 6
            guard count >= 8 else { continue }
            count -= 8
            output.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
        }
        return output
    }

    private static func sextet(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x41...0x5A: byte - 0x41
        case 0x61...0x7A: byte - 0x61 + 26
        case 0x30...0x39: byte - 0x30 + 52
        case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
        case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
        default: nil
        }
    }
}
