/// Reads canonical JSON: a pull parser that asks for each key by name.
///
/// Keys may be asked for in any order; in ascending order they cost least.
package struct JSONReader {
    let bytes: [UInt8]
    var index = 0
    private var isFirst = true
    /// Nil until a key is requested that is not the next one.
    private var passed: PassedFields?

    /// Fields of the object that come before a requested one. A reference, so that a reader without any stays small.
    private final class PassedFields {
        var fields: [(key: Range<Int>, value: Int)] = []
        /// Where reading continues after the value of a passed field.
        var resumption: Int?
    }

    init(_ bytes: [UInt8]) throws(MalformedEvent) {
        self.bytes = bytes
        try expect(UInt8(ascii: "{"))
    }

    func failure(_ reason: String) -> MalformedEvent { MalformedEvent(reason: reason, offset: index) }

    /// Whether the object has a key; if so, its value is read next.
    mutating func accept(key: StaticString) -> Bool {
        accept(key: UnsafeBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount))
    }

    mutating func accept(key: String) -> Bool {
        var key = key
        return key.withUTF8 { accept(key: $0) }
    }

    private mutating func accept(key: UnsafeBufferPointer<UInt8>) -> Bool {
        resume()
        while let next = nextKey() {
            switch order(of: next, and: key) {
            case .same:
                index = next + key.count + 2
                isFirst = false
                return true
            case .later: return acceptPassed(key)
            case .earlier: guard pass(next) else { return false }
            }
        }
        return acceptPassed(key)
    }

    private enum KeyOrder {
        case earlier, same, later
    }

    /// The index of the first byte of the next key; nil at the end of the object.
    private func nextKey() -> Int? {
        var cursor = index
        if !isFirst {
            guard cursor < bytes.count, bytes[cursor] == UInt8(ascii: ",") else { return nil }
            cursor += 1
        }
        guard cursor < bytes.count, bytes[cursor] == UInt8(ascii: "\"") else { return nil }
        return cursor + 1
    }

    /// The quote after a key sorts before every byte of a key.
    private func order(of start: Int, and key: UnsafeBufferPointer<UInt8>) -> KeyOrder {
        guard start + key.count + 1 < bytes.count else { return .later }
        for offset in key.indices where bytes[start + offset] != key[offset] {
            return bytes[start + offset] < key[offset] ? .earlier : .later
        }
        let isSame = bytes[start + key.count] == UInt8(ascii: "\"") && bytes[start + key.count + 1] == UInt8(ascii: ":")
        return isSame ? .same : .later
    }

    private mutating func resume() {
        guard let passed, let resumption = passed.resumption else { return }
        index = resumption
        passed.resumption = nil
    }

    private mutating func acceptPassed(_ key: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let passed,
            let place = passed.fields.firstIndex(where: { bytes[$0.key].elementsEqual(key) })
        else { return false }
        passed.resumption = index
        index = passed.fields.remove(at: place).value
        return true
    }

    /// - Returns: false when the field is malformed.
    private mutating func pass(_ start: Int) -> Bool {
        guard let end = bytes[start...].firstIndex(of: UInt8(ascii: "\"")), end + 1 < bytes.count,
            bytes[end + 1] == UInt8(ascii: ":"), let next = JSONReader.end(ofValueAt: end + 2, in: bytes)
        else { return false }
        let passed = passed ?? PassedFields()
        passed.fields.append((start..<end, end + 2))
        self.passed = passed
        index = next
        isFirst = false
        return true
    }

    /// The fields of an object with their keys, in their order in the object.
    static func fields(of object: [UInt8]) -> [(key: ArraySlice<UInt8>, whole: ArraySlice<UInt8>)] {
        guard var reader = try? JSONReader(object) else { return [] }
        var fields: [(key: ArraySlice<UInt8>, whole: ArraySlice<UInt8>)] = []
        while let start = reader.nextKey(), reader.pass(start), let field = reader.passed?.fields.last {
            fields.append((object[field.key], object[(start - 1)..<reader.index]))
        }
        return fields
    }

    /// The index after a value: a comma or bracket outside strings and inner brackets.
    private static func end(ofValueAt start: Int, in bytes: [UInt8]) -> Int? {
        var (depth, isInString, index) = (0, false, start)
        while index < bytes.count {
            switch (bytes[index], isInString) {
            case (UInt8(ascii: "\\"), true): index += 1
            case (UInt8(ascii: "\""), _): isInString.toggle()
            case (_, true): break
            case (UInt8(ascii: "["), _), (UInt8(ascii: "{"), _): depth += 1
            case (UInt8(ascii: ","), _) where depth == 0: return index
            case (UInt8(ascii: "]"), _), (UInt8(ascii: "}"), _):
                guard depth > 0 else { return index }
                depth -= 1
            default: break
            }
            index += 1
        }
        return nil
    }

    mutating func require(key: StaticString) throws(MalformedEvent) {
        guard accept(key: key) else { throw failure("expected the key \(key)") }
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
        // Each number has one spelling: the verifier accepts no other either.
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
        let outer = (isFirst, passed)
        (isFirst, passed) = (true, nil)
        let value = try read(&self)
        try close()
        (isFirst, passed) = outer
        return value
    }

    /// Requires the end of the object: a key that was not requested is an error, not skipped.
    mutating func finish() throws(MalformedEvent) {
        try close()
        guard index == bytes.count else { throw failure("more bytes after the end") }
    }

    private mutating func close() throws(MalformedEvent) {
        resume()
        try expect(UInt8(ascii: "}"))
        guard passed?.fields.isEmpty != false else { throw failure("a key that is not known") }
    }

    mutating func expect(_ byte: UInt8) throws(MalformedEvent) {
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
}
