extension JSONReader {
    mutating func string() throws(MalformedEvent) -> String {
        try expect(UInt8(ascii: "\""))
        let start = index
        index = bytes.withUnsafeBufferPointer { bytes in
            var end = start
            while end < bytes.count, bytes[end] != UInt8(ascii: "\""), bytes[end] != UInt8(ascii: "\\") { end += 1 }
            return end
        }
        guard index < bytes.count else { throw failure("unterminated string") }
        guard bytes[index] == UInt8(ascii: "\"") else { return try stringWithEscapes(from: start) }
        defer { index += 1 }
        return try validated(start..<index)
    }

    private func validated(_ range: Range<Int>) throws(MalformedEvent) -> String {
        let text = bytes.withUnsafeBufferPointer {
            String(validating: UnsafeBufferPointer(rebasing: $0[range]), as: UTF8.self)
        }
        guard let text else { throw failure("invalid UTF-8") }
        return text
    }

    private mutating func stringWithEscapes(from start: Int) throws(MalformedEvent) -> String {
        var plain = Array(bytes[start..<index])
        while index < bytes.count {
            let run = bytes[index...].prefix { $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
            plain.append(contentsOf: run)
            guard run.endIndex < bytes.count else { break }
            index = run.endIndex + 1
            if bytes[run.endIndex] == UInt8(ascii: "\"") {
                guard let text = String(validating: plain, as: UTF8.self) else { throw failure("invalid UTF-8") }
                return text
            }
            guard index < bytes.count else { break }
            let escape = bytes[index]
            index += 1
            switch escape {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): plain.append(escape)
            case UInt8(ascii: "n"): plain.append(UInt8(ascii: "\n"))
            case UInt8(ascii: "u"):
                guard index + 4 <= bytes.count, bytes[index] == 48, bytes[index + 1] == 48,
                    let digits = String(validating: bytes[(index + 2)..<(index + 4)], as: UTF8.self),
                    let control = UInt8(digits, radix: 16), control < 0x20
                else { throw failure("escape that is not canonical") }
                plain.append(control)
                index += 4
            default: throw failure("escape that is not canonical")
            }
        }
        throw failure("unterminated string")
    }
}
