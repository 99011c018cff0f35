import Foundation

/// A reference to a mention or a quote in a stored text: `U+FDD0 12 U+FDD1` and `U+FDD2 12 U+FDD1`, with the index in decimal digits.
///
/// Unicode reserves these scalars for internal use; `TypedText` removes them from typed text.
enum Placeholder: Hashable {
    case mention(Int)
    case quote(Int)

    /// All three begin with these bytes in UTF-8.
    private static let lead: (UInt8, UInt8) = (0xEF, 0xB7)
    private static let mentionByte: UInt8 = 0x90
    private static let endByte: UInt8 = 0x91
    private static let quoteByte: UInt8 = 0x92
    private static let mostDigits = 5

    var text: String {
        String(decoding: bytes, as: UTF8.self)
    }

    var bytes: [UInt8] {
        let (begin, index) =
            switch self {
            case .mention(let index): (Placeholder.mentionByte, index)
            case .quote(let index): (Placeholder.quoteByte, index)
            }
        let (first, second) = Placeholder.lead
        return [first, second, begin] + String(index).utf8 + [first, second, Placeholder.endByte]
    }

    /// Splits a text into placeholders and the runs between them. Malformed placeholders are left out.
    static func scan(
        _ bytes: UnsafeBufferPointer<UInt8>, run: (UnsafeBufferPointer<UInt8>) -> Void,
        placeholder: (Placeholder, Range<Int>) -> Void
    ) {
        var start = 0
        var index = 0
        func flush() { if start < index { run(UnsafeBufferPointer(rebasing: bytes[start..<index])) } }
        while let found = next(in: bytes, from: index) {
            index = found
            guard isMark(bytes, at: index) else {
                index += 1
                continue
            }
            flush()
            let (found, end) = read(bytes, at: index)
            if let found { placeholder(found, index..<end) }
            index = end
            start = end
        }
        index = bytes.count
        flush()
    }

    /// Whether a placeholder may occur in the text.
    static func mayOccur(in text: String) -> Bool {
        var text = text
        return text.withUTF8 { next(in: $0, from: 0) != nil }
    }

    /// The next byte that may begin a placeholder; hardly any other character of Swedish text begins with it.
    private static func next(in bytes: UnsafeBufferPointer<UInt8>, from index: Int) -> Int? {
        guard let base = bytes.baseAddress, index < bytes.count,
            let found = memchr(base + index, Int32(lead.0), bytes.count - index)
        else { return nil }
        return UnsafeRawPointer(found) - UnsafeRawPointer(base)
    }

    private static func isMark(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
        index + 2 < bytes.count && bytes[index + 1] == lead.1 && (mentionByte...quoteByte).contains(bytes[index + 2])
    }

    private static func read(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> (Placeholder?, end: Int) {
        var index = start + 3
        guard bytes[start + 2] != endByte else { return (nil, index) }
        var value = 0
        let firstDigit = index
        while index < bytes.count, (48...57).contains(bytes[index]), index - firstDigit < mostDigits {
            value = value * 10 + Int(bytes[index]) - 48
            index += 1
        }
        guard index > firstDigit, index < bytes.count, bytes[index] == lead.0, isMark(bytes, at: index),
            bytes[index + 2] == endByte
        else { return (nil, index) }
        return (bytes[start + 2] == mentionByte ? .mention(value) : .quote(value), index + 3)
    }
}

extension String {
    /// `Placeholder.scan` over the bytes of the string.
    func scanPlaceholders(run: (String) -> Void, placeholder: (Placeholder, Range<Int>) -> Void) {
        var text = self
        text.withUTF8 { bytes in
            Placeholder.scan(bytes, run: { run(String(decoding: $0, as: UTF8.self)) }, placeholder: placeholder)
        }
    }
}
