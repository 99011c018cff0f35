/// Encodes text as quoted-printable (RFC 2045, 6.7).
enum QuotedPrintable {
    private static let longestLine = 76
    private static let fromLine = Array("From ".unicodeScalars)
    private static let hex = Array("0123456789ABCDEF".utf8)

    /// Line breaks of any kind become CRLF.
    static func encode(_ text: String) -> [UInt8] {
        var output: [UInt8] = []
        let lines = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
            .split(separator: "\n", omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            if index > 0 { output += [0x0D, 0x0A] }
            encode(line: line, into: &output)
        }
        return output
    }

    private static func encode(line: Substring, into output: inout [UInt8]) {
        var length = 0
        let scalars = Array(line.unicodeScalars)
        for (index, scalar) in scalars.enumerated() {
            let isLast = index == scalars.count - 1
            var unit = encoded(scalar, isLast: isLast)
            // Room for the `=` of a soft break, unless the line ends here.
            if length + unit.count > longestLine - (isLast ? 0 : 1) {
                output += [UInt8(ascii: "="), 0x0D, 0x0A]
                length = 0
            }
            // Programs that store mails in mbox files change a line that begins so (RFC 2049, 3).
            if length == 0, scalars[index...].starts(with: fromLine) { unit = escaped(UInt8(ascii: "F")) }
            output += unit
            length += unit.count
        }
    }

    /// Encodes a whole scalar, so that no soft break splits a character; a space or tab at the end of a line is escaped.
    private static func encoded(_ scalar: Unicode.Scalar, isLast: Bool) -> [UInt8] {
        switch scalar.value {
        case 0x20, 0x09: isLast ? escaped(UInt8(scalar.value)) : [UInt8(scalar.value)]
        case UInt32(UInt8(ascii: "=")): escaped(UInt8(ascii: "="))
        case 0x21...0x7E: [UInt8(scalar.value)]
        default: String(scalar).utf8.flatMap(escaped)
        }
    }

    private static func escaped(_ byte: UInt8) -> [UInt8] {
        [UInt8(ascii: "="), hex[Int(byte >> 4)], hex[Int(byte & 15)]]
    }
}
