/// Checks that bytes are in the log's canonical JSON form, in which each value has one spelling.
struct CanonicalJSON {
    private let bytes: UnsafeRawBufferPointer
    private var index = 0
    private static let deepest = 32

    /// Nil for a canonical object; otherwise the offset of the first byte that is not.
    static func defect(in bytes: UnsafeRawBufferPointer) -> Int? {
        var scanner = CanonicalJSON(bytes: bytes)
        return scanner.object(depth: 0) && scanner.index == bytes.count ? nil : scanner.index
    }

    private init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    private var next: UInt8? { index < bytes.count ? bytes[index] : nil }

    private mutating func accept(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        index += 1
        return true
    }

    private mutating func accept(_ word: StaticString) -> Bool {
        for offset in 0..<word.utf8CodeUnitCount where !accept(word.utf8Start[offset]) { return false }
        return true
    }

    private mutating func value(depth: Int) -> Bool {
        switch next {
        case UInt8(ascii: "\""): string() != nil
        case UInt8(ascii: "{"): object(depth: depth + 1)
        case UInt8(ascii: "["): list(depth: depth + 1)
        case UInt8(ascii: "t"): accept("true")
        case UInt8(ascii: "f"): accept("false")
        default: integer()
        }
    }

    private mutating func object(depth: Int) -> Bool {
        guard depth < CanonicalJSON.deepest, accept(UInt8(ascii: "{")) else { return false }
        if accept(UInt8(ascii: "}")) { return true }
        var last: Range<Int>?
        repeat {
            let start = index
            guard let key = string() else { return false }
            if let last, !bytes[last].lexicographicallyPrecedes(bytes[key]) {
                index = start
                return false
            }
            last = key
            guard accept(UInt8(ascii: ":")), value(depth: depth) else { return false }
        } while accept(UInt8(ascii: ","))
        return accept(UInt8(ascii: "}"))
    }

    private mutating func list(depth: Int) -> Bool {
        guard depth < CanonicalJSON.deepest, accept(UInt8(ascii: "[")) else { return false }
        if accept(UInt8(ascii: "]")) { return true }
        repeat { guard value(depth: depth) else { return false } } while accept(UInt8(ascii: ","))
        return accept(UInt8(ascii: "]"))
    }

    /// Digits without a leading zero, within 64 bits.
    private mutating func integer() -> Bool {
        let start = index
        let isNegative = accept(UInt8(ascii: "-"))
        let first = index
        var value = 0
        while let digit = next, (48...57).contains(digit) {
            let (scaled, tooLarge) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = scaled.subtractingReportingOverflow(Int(digit) - 48)
            guard !tooLarge, !carry else { return false }
            value = sum
            index += 1
        }
        let hasLeadingZero = index > first && bytes[first] == 48 && (index > first + 1 || isNegative)
        guard index > first, !hasLeadingZero, isNegative || value != .min else {
            index = start
            return false
        }
        return true
    }

    /// The range between the quotes.
    private mutating func string() -> Range<Int>? {
        guard accept(UInt8(ascii: "\"")) else { return nil }
        let start = index
        var isASCII = true
        while let byte = next {
            switch byte {
            case UInt8(ascii: "\""):
                guard isASCII || String(validating: bytes[start..<index], as: UTF8.self) != nil else { return nil }
                index += 1
                return start..<(index - 1)
            case UInt8(ascii: "\\"): guard escape() else { return nil }
            case 0..<0x20: return nil
            default:
                if byte >= 0x80 { isASCII = false }
                index += 1
            }
        }
        return nil
    }

    private mutating func escape() -> Bool {
        for byte in [UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "\n")] where accept(escaped: byte) {
            return true
        }
        for byte in UInt8(0)..<0x20 where accept(escaped: byte) { return true }
        return false
    }

    private mutating func accept(escaped byte: UInt8) -> Bool {
        let form = JSONWriter.escaped(byte)
        guard index + form.count <= bytes.count, bytes[index..<(index + form.count)].elementsEqual(form) else {
            return false
        }
        index += form.count
        return true
    }
}
