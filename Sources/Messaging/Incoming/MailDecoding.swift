import Foundation

/// The encodings that bytes may have on their way (RFC 2045).
enum TransferEncoding {
    static func quotedPrintable(_ bytes: ArraySlice<UInt8>) throws(UnreadableMail.Problem) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var lines = MailLines(bytes)
        while let line = lines.next() {
            var content = line.content
            while content.last == 0x20 || content.last == 0x09 { content = content.dropLast() }
            let isSoft = content.last == UInt8(ascii: "=")
            if isSoft { content = content.dropLast() }
            try decode(content, into: &output)
            if !isSoft { output.append(0x0A) }
        }
        return output
    }

    private static func decode(_ line: ArraySlice<UInt8>, into output: inout [UInt8]) throws(UnreadableMail.Problem) {
        var rest = line
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "=") else {
                output.append(byte)
                continue
            }
            guard rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else {
                throw .badEncoding
            }
            output.append(value)
            rest = rest.dropFirst(2)
        }
    }

    static func base64(_ bytes: ArraySlice<UInt8>) throws(UnreadableMail.Problem) -> [UInt8] {
        let digits = bytes.filter { $0 != 0x0D && $0 != 0x0A && $0 != 0x20 && $0 != 0x09 }
        guard let data = Data(base64Encoded: Data(digits)) else { throw .badEncoding }
        return Array(data)
    }
}

/// The charsets that are read.
enum MailCharset {
    case utf8, ascii, latin1, windows

    init?(_ name: String) {
        switch name.lowercased() {
        case "utf-8", "utf8": self = .utf8
        case "us-ascii", "ascii": self = .ascii
        case "iso-8859-1", "latin1", "iso-8859-15": self = .latin1
        case "windows-1252", "cp1252": self = .windows
        default: return nil
        }
    }

    /// Nil for bytes that the charset does not have.
    func text(_ bytes: [UInt8]) -> String? {
        switch self {
        case .utf8: String(validating: bytes, as: UTF8.self)
        case .ascii: bytes.allSatisfy { $0 < 0x80 } ? String(decoding: bytes, as: UTF8.self) : nil
        case .latin1: String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
        case .windows: String(bytes: bytes, encoding: .windowsCP1252)
        }
    }
}

/// Header texts with letters beyond ASCII (RFC 2047): `=?utf-8?Q?Fr=C3=A5ga?=`. What is no such word stays as it is.
enum EncodedWords {
    private static let longest = 2000

    static func decoded(_ text: String) -> String {
        let text = String(text.prefix(longest))
        var output = ""
        var rest = text[...]
        var isAfterWord = false
        while let start = rest.firstRange(of: "=?") {
            let before = rest[..<start.lowerBound]
            guard let (word, end) = word(in: rest[start.upperBound...]) else {
                output += rest[..<start.upperBound]
                rest = rest[start.upperBound...]
                isAfterWord = false
                continue
            }
            // White space between two words is none.
            if !(isAfterWord && before.allSatisfy(\.isWhitespace)) { output += before }
            output += word
            rest = rest[end...]
            isAfterWord = true
        }
        return (output + rest).filter { !$0.isNewline && $0 != "\0" }
    }

    private static func word(in text: Substring) -> (String, Substring.Index)? {
        guard let end = text.firstRange(of: "?=", startingAfterQuestionMarks: 2) else { return nil }
        let parts = text[..<end.lowerBound].split(separator: "?", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let charset = MailCharset(String(parts[0].prefix { $0 != "*" })) else { return nil }
        let bytes: [UInt8]?
        switch parts[1].lowercased() {
        case "b": bytes = try? TransferEncoding.base64(ArraySlice(Array(parts[2].utf8)))
        case "q": bytes = try? quoted(parts[2])
        default: bytes = nil
        }
        guard let bytes, let decoded = charset.text(bytes) else { return nil }
        return (decoded, end.upperBound)
    }

    private static func quoted(_ text: Substring) throws(UnreadableMail.Problem) -> [UInt8] {
        let bytes = text.utf8.map { $0 == UInt8(ascii: "_") ? 0x20 : $0 }
        let decoded = try TransferEncoding.quotedPrintable(ArraySlice(bytes + [UInt8(ascii: "=")]))
        return decoded
    }
}

extension Substring {
    /// The first place of `end` behind so many question marks: a word's own text may begin with `=`.
    fileprivate func firstRange(of end: String, startingAfterQuestionMarks count: Int) -> Range<Index>? {
        var left = count
        var place = startIndex
        while left > 0 {
            guard let mark = self[place...].firstIndex(of: "?") else { return nil }
            place = index(after: mark)
            left -= 1
        }
        return self[place...].firstRange(of: end)
    }
}
