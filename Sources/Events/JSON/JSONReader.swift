/// An event whose bytes are not what its type and schema say.
package struct MalformedEvent: Error, CustomStringConvertible {
    package let reason: String
    package let offset: Int
    package var description: String { "malformed event data at byte \(offset): \(reason)" }
}

/// Reads canonical JSON in the order in which it was written: a pull parser that asks for each key by name.
struct JSONReader {
    private let bytes: [UInt8]
    private var index = 0
    private var isFirst = true

    init(_ bytes: [UInt8]) throws(MalformedEvent) {
        self.bytes = bytes
        try expect(UInt8(ascii: "{"))
    }

    func failure(_ reason: String) -> MalformedEvent { MalformedEvent(reason: reason, offset: index) }

    /// Whether the next key is `key`; consumes it with its colon only if it is.
    mutating func accept(key: StaticString) -> Bool {
        accept(key: UnsafeBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount))
    }

    mutating func accept(key: String) -> Bool {
        var key = key
        return key.withUTF8 { accept(key: $0) }
    }

    private mutating func accept(key: UnsafeBufferPointer<UInt8>) -> Bool {
        var cursor = index
        if !isFirst {
            guard cursor < bytes.count, bytes[cursor] == UInt8(ascii: ",") else { return false }
            cursor += 1
        }
        guard cursor + key.count + 3 <= bytes.count, bytes[cursor] == UInt8(ascii: "\""),
            bytes[cursor + key.count + 1] == UInt8(ascii: "\""), bytes[cursor + key.count + 2] == UInt8(ascii: ":")
        else { return false }
        for offset in key.indices where bytes[cursor + 1 + offset] != key[offset] { return false }
        index = cursor + key.count + 3
        isFirst = false
        return true
    }

    mutating func require(key: StaticString) throws(MalformedEvent) {
        guard accept(key: key) else { throw failure("expected the key \(key)") }
    }

    mutating func string() throws(MalformedEvent) -> String {
        try expect(UInt8(ascii: "\""))
        let start = index
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\""):
                defer { index += 1 }
                return try validated(bytes[start..<index])
            case UInt8(ascii: "\\"): return try stringWithEscapes(from: start)
            default: index += 1
            }
        }
        throw failure("unterminated string")
    }

    mutating func integer() throws(MalformedEvent) -> Int64 {
        let start = index
        if index < bytes.count, bytes[index] == UInt8(ascii: "-") { index += 1 }
        var value: Int64 = 0
        let firstDigit = index
        while index < bytes.count, (48...57).contains(bytes[index]) {
            let (scaled, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = scaled.addingReportingOverflow(Int64(bytes[index]) - 48)
            guard !overflow, !carry else { throw failure("integer out of range") }
            value = sum
            index += 1
        }
        guard index > firstDigit else { throw failure("expected an integer") }
        // One way to write each number: the verifier takes no other either.
        let isPlain = bytes[firstDigit] != 48 || (index == firstDigit + 1 && firstDigit == start)
        guard isPlain else { throw failure("integer that is not canonical") }
        return firstDigit > start ? -value : value
    }

    mutating func bool() throws(MalformedEvent) -> Bool {
        if accept(literal: "true") { return true }
        if accept(literal: "false") { return false }
        throw failure("expected true or false")
    }

    mutating func list<Element>(
        _ read: (inout JSONReader) throws(MalformedEvent) -> Element
    ) throws(MalformedEvent) -> [Element] {
        try expect(UInt8(ascii: "["))
        var elements: [Element] = []
        if accept(literal: "]") { return elements }
        repeat { elements.append(try read(&self)) } while accept(literal: ",")
        try expect(UInt8(ascii: "]"))
        return elements
    }

    mutating func object<Value>(
        _ read: (inout JSONReader) throws(MalformedEvent) -> Value
    ) throws(MalformedEvent) -> Value {
        try expect(UInt8(ascii: "{"))
        let outer = isFirst
        isFirst = true
        let value = try read(&self)
        try expect(UInt8(ascii: "}"))
        isFirst = outer
        return value
    }

    /// Nothing may follow: a key that nobody asked for is an error, not something to skip.
    mutating func finish() throws(MalformedEvent) {
        try expect(UInt8(ascii: "}"))
        guard index == bytes.count else { throw failure("more bytes after the end") }
    }

    private mutating func expect(_ byte: UInt8) throws(MalformedEvent) {
        guard index < bytes.count, bytes[index] == byte else {
            throw failure("expected \(Character(Unicode.Scalar(byte)))")
        }
        index += 1
    }

    private mutating func accept(literal: StaticString) -> Bool {
        let count = literal.utf8CodeUnitCount
        guard index + count <= bytes.count else { return false }
        for offset in 0..<count where bytes[index + offset] != literal.utf8Start[offset] { return false }
        index += count
        return true
    }

    private func validated(_ slice: ArraySlice<UInt8>) throws(MalformedEvent) -> String {
        guard let text = String(validating: slice, as: UTF8.self) else { throw failure("invalid UTF-8") }
        return text
    }

    private mutating func stringWithEscapes(from start: Int) throws(MalformedEvent) -> String {
        var plain = Array(bytes[start..<index])
        while index < bytes.count {
            let run = bytes[index...].prefix { $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
            plain.append(contentsOf: run)
            guard run.endIndex < bytes.count else { break }
            index = run.endIndex + 1
            if bytes[run.endIndex] == UInt8(ascii: "\"") { return try validated(plain[...]) }
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
