/// A message, or a part of one: its header and the bytes below it (RFC 5322, 2046).
struct MailPart {
    let header: MailFields
    let body: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) throws(UnreadableMail.Problem) {
        var lines = MailLines(bytes)
        header = try MailFields(&lines)
        body = lines.rest
    }

    /// The parts between the boundaries. Without the last boundary the last part ends with the mail.
    func parts(_ type: MailType) throws(UnreadableMail.Problem) -> [MailPart] {
        guard let boundary = type.parameters["boundary"], (1...70).contains(boundary.utf8.count) else { throw .badType }
        let delimiter = Array("--\(boundary)".utf8)
        var parts: [MailPart] = []
        var start: Int?
        var lines = MailLines(body)
        var isOver = false
        while !isOver, let line = lines.next() {
            guard line.content.starts(with: delimiter) else { continue }
            let after = line.content.dropFirst(delimiter.count)
            let isLast = after.starts(with: "--".utf8)
            // A longer boundary may begin like this one.
            guard isLast || after.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) else { continue }
            if let start { parts.append(try MailPart(body[start..<MailPart.end(before: line.start, in: body)])) }
            guard parts.count <= 50 else { throw .tooManyParts }
            start = line.end
            isOver = isLast
        }
        if let start, !isOver { parts.append(try MailPart(body[start...])) }
        return parts
    }

    func text(_ type: MailType) throws(UnreadableMail.Problem) -> String {
        let bytes: [UInt8]
        switch (header["content-transfer-encoding"] ?? "7bit").lowercased().filter({ $0 != " " }) {
        case "7bit", "8bit", "binary": bytes = Array(body)
        case "quoted-printable": bytes = try TransferEncoding.quotedPrintable(body)
        case "base64": bytes = try TransferEncoding.base64(body)
        default: throw .unknownEncoding
        }
        guard let charset = MailCharset(type.parameters["charset"] ?? "us-ascii") else { throw .unknownCharset }
        guard let text = charset.text(bytes) else { throw .badEncoding }
        return text.withoutControls
    }

    /// The line break before a boundary belongs to it.
    private static func end(before start: Int, in body: ArraySlice<UInt8>) -> Int {
        var end = start
        if end > body.startIndex, body[end - 1] == 0x0A { end -= 1 }
        if end > body.startIndex, end < start, body[end - 1] == 0x0D { end -= 1 }
        return max(end, body.startIndex)
    }
}

/// Lines that end with CRLF or, as in maildirs, with LF alone.
struct MailLines {
    struct Line {
        let content: ArraySlice<UInt8>
        let start: Int
        /// Behind the line break.
        let end: Int
    }

    private(set) var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    mutating func next() -> Line? {
        guard !rest.isEmpty else { return nil }
        let start = rest.startIndex
        let newline = rest.firstIndex(of: 0x0A) ?? rest.endIndex
        let end = min(newline + 1, rest.endIndex)
        var content = rest[start..<newline]
        if content.last == 0x0D { content = content.dropLast() }
        rest = rest[end...]
        return Line(content: content, start: start, end: end)
    }
}

extension String {
    /// With one kind of line break, and nothing else that is no sign: no bell, no backspace, no turning of the direction of writing.
    fileprivate var withoutControls: String {
        let lines = replacing("\r\n", with: "\n").replacing("\r", with: "\n")
        let scalars = lines.unicodeScalars.filter { scalar in
            switch scalar.properties.generalCategory {
            case .control: scalar == "\n" || scalar == "\t"
            case .format: scalar == "\u{200D}" || scalar == "\u{00AD}"
            case .surrogate, .privateUse, .unassigned: false
            default: true
            }
        }
        return String(String.UnicodeScalarView(scalars))
    }
}
