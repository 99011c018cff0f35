import Foundation

/// A mail with the faults repaired that would make a parser lose text: all line breaks are LF, and the header starts at once, contains only
/// fields and ends with an empty line.
struct MendedMail {
    let bytes: [UInt8]
    private let bodyStart: Int

    init(_ raw: [UInt8]) {
        let lines = MendedMail.withLineFeeds(raw)
        var header = MailHeaderMending(lines)
        header.mend()
        bytes = header.output + [0x0A] + lines[header.bodyStart...]
        bodyStart = header.output.count + 1
    }

    /// The raw body, without lines that look like boundaries.
    var bareBody: String {
        let body = MailCharset.text(Array(bytes[bodyStart...].prefix(MailBounds.text * 4)), named: nil)
        return body.split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.hasPrefix("--") }
            .joined(separator: "\n")
    }

    /// The header only, or as much of it as the first `MailBounds.headBytes` contain.
    static func head(of raw: some Collection<UInt8>) -> [UInt8] {
        let mail = MendedMail(Array(raw.prefix(MailBounds.headBytes)))
        return Array(mail.bytes[..<mail.bodyStart])
    }

    /// The probable boundary of a multipart: a line of `--` and a word, followed by an empty line or a header field.
    static func boundary(guessedFrom body: [UInt8]) -> String? {
        let start = String(decoding: body.prefix(MailBounds.headBytes), as: UTF8.self)
        let word = start.firstMatch(of: /(?m)^--([!-~]{1,70})[ \t]*\n(?:[ \t]*\n|[A-Za-z-]+[ \t]*:)/)
        return word.map { String($0.1).replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") }
    }

    /// Normalises line breaks: `\r\r
    /// `, `\r
    /// ` and a lone `\r` each become one LF.
    private static func withLineFeeds(_ raw: [UInt8]) -> [UInt8] {
        guard raw.contains(0x0D) else { return raw }
        var output: [UInt8] = []
        output.reserveCapacity(raw.count)
        var rest = raw[...]
        while let carriageReturn = rest.firstIndex(of: 0x0D) {
            output += rest[..<carriageReturn]
            output.append(0x0A)
            var next = carriageReturn + 1
            while next < rest.endIndex, raw[next] == 0x0D { next += 1 }
            // Several `\r` without a LF are as many line breaks.
            if next < rest.endIndex, raw[next] == 0x0A {
                next += 1
            } else {
                output += repeatElement(0x0A, count: next - carriageReturn - 1)
            }
            rest = rest[next...]
        }
        return output + rest
    }
}

/// Repairs a header line by line.
private struct MailHeaderMending {
    private(set) var output: [UInt8] = []
    private(set) var bodyStart = 0
    private var known: Int?
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func mend() {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bodyStart = 3 }
        skipBeginning()
        var hasField = false
        while let line = line(at: bodyStart) {
            if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0 }) {
                bodyStart = min(line.endIndex + 1, bytes.count)
                return
            }
            guard line.endIndex < MailBounds.headBytes * 4 else { return }
            if line.first == 0x20 || line.first == 0x09 {
                if hasField { append(line) }
            } else if MailHeaderMending.fieldName(line) != nil {
                append(line)
                hasField = true
            } else if lastKnownField(after: line.endIndex + 1) <= line.endIndex {
                // The empty line is missing: a line that is not a field starts the body.
                return
            } else {
                // Continuation lines of an invalid line are dropped with it.
                hasField = false
            }
            bodyStart = min(line.endIndex + 1, bytes.count)
        }
    }

    /// Skips leading empty lines, continuation lines without a field, and an mbox envelope line.
    private mutating func skipBeginning() {
        while let line = line(at: bodyStart) {
            let isEnvelope =
                (line.starts(with: "From ".utf8) || line.starts(with: ">From ".utf8))
                && MailHeaderMending.fieldName(line) == nil
            let isFolded = line.first.map { $0 == 0x20 || $0 == 0x09 } ?? true
            guard isEnvelope || isFolded else { return }
            bodyStart = min(line.endIndex + 1, bytes.count)
        }
    }

    /// The line at an offset; nil at the end.
    private func line(at start: Int) -> ArraySlice<UInt8>? {
        guard start < bytes.count else { return nil }
        return bytes[start...].prefix { $0 != 0x0A }
    }

    private mutating func append(_ line: ArraySlice<UInt8>) {
        output += line.contains(0) ? line.filter { $0 != 0 }[...] : line
        output.append(0x0A)
    }

    /// Offset of the last field with a known name, or -1; computed once.
    private mutating func lastKnownField(after start: Int) -> Int {
        if let known { return known }
        var (place, last) = (start, -1)
        while let line = line(at: place), !line.isEmpty, place < MailBounds.headBytes * 4 {
            if let name = MailHeaderMending.fieldName(line), MailHeaderMending.isKnown(name.lowercased()) {
                last = place
            }
            place = line.endIndex + 1
        }
        known = last
        return last
    }

    /// The text before the colon; nil if it is not a valid field name.
    private static func fieldName(_ line: ArraySlice<UInt8>) -> String? {
        guard let colon = line.prefix(200).firstIndex(of: UInt8(ascii: ":")) else { return nil }
        var name = line[..<colon].filter { $0 != 0 }
        while name.last == 0x20 || name.last == 0x09 { name.removeLast() }
        guard !name.isEmpty, name.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
        return String(decoding: name, as: UTF8.self)
    }

    private static func isKnown(_ name: String) -> Bool {
        let names = [
            "from", "sender", "reply-to", "to", "cc", "bcc", "subject", "date", "message-id", "in-reply-to",
            "references", "mime-version", "received", "return-path", "delivered-to", "auto-submitted", "precedence",
            "importance",
            "user-agent", "organization", "thread-topic", "thread-index", "accept-language",
        ]
        return names.contains(name)
            || ["x-", "content-", "list-", "resent-", "dkim-", "arc-"].contains { name.hasPrefix($0) }
    }
}
