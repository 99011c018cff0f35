import Events

/// Collects the texts of a mail's parts in order, and the kinds of parts left out; of alternatives only one text, plain if there is one.
struct MailTextCollector {
    private var texts: [String] = []
    private var scalars = 0
    private var parts = 0
    private(set) var leftOut: [MailReading.LeftOut] = []

    /// The texts, separated by empty lines.
    var text: String { texts.joined(separator: "\n\n") }
    var hasText: Bool { texts.contains { TypedText.isVisible($0) } }

    mutating func read(_ part: MIMEPart, isRoot: Bool = false, depth: Int = 0) {
        parts += 1
        guard parts <= MailBounds.parts, depth <= MailBounds.depth else { return leave(.other) }
        let type = part.type
        switch type {
        case "multipart/alternative": readBest(of: part, depth)
        // The second part is the signature of the first one.
        case "multipart/signed":
            if let signed = part.children.first { read(signed, depth: depth + 1) }
        case "message/rfc822", "message/global": readForwarded(part, depth)
        case "message/delivery-status", "message/global-delivery-status", "message/disposition-notification",
            "text/rfc822-headers", "application/pgp-signature", "application/pkcs7-signature",
            "application/x-pkcs7-signature":
            break
        case _ where part.isMultipart: readAll(of: part, depth)
        case _ where part.isFile && !isRoot: leave(MailReading.LeftOut(type))
        case "text/html", "application/xhtml+xml", "text/enriched", "text/richtext":
            add(HTMLText.plain(part.content, charset: part.parameter("charset")))
        case _ where MailTextCollector.isWords(type):
            let text = MailCharset.text(part.content, named: part.parameter("charset"))
            add(HTMLText.isMeant(text) ? HTMLText.plain(text) : text)
        case _: leave(MailReading.LeftOut(type))
        }
    }

    mutating func add(_ text: String) {
        guard TypedText.isVisible(text), scalars < MailBounds.text else { return }
        let bounded = String(text.unicodeScalars.prefix(MailBounds.text - scalars))
        scalars += bounded.unicodeScalars.count
        texts.append(bounded)
    }

    private mutating func readAll(of part: MIMEPart, _ depth: Int) {
        let children = part.children
        if children.isEmpty { return readUnparted(part, depth) }
        for child in children { read(child, depth: depth + 1) }
    }

    /// Reads one of several alternatives: the first plain one with visible text, else the last one with any.
    private mutating func readBest(of part: MIMEPart, _ depth: Int) {
        let children = part.children
        if children.isEmpty { return readUnparted(part, depth) }
        var readings: [(type: String, words: MailTextCollector)] = []
        for child in children { readings.append((child.type, separately(child, depth))) }
        let best =
            readings.first { $0.type == "text/plain" && $0.words.hasText }
            ?? readings.last { $0.words.hasText }
        take(best?.words.texts ?? [], leaving: readings.flatMap(\.words.leftOut))
    }

    /// Reads a part into a new collector; its parts count towards the limit.
    private mutating func separately(_ part: MIMEPart, _ depth: Int) -> MailTextCollector {
        var words = MailTextCollector()
        words.parts = parts
        words.read(part, depth: depth + 1)
        parts = words.parts
        return words
    }

    private mutating func take(_ texts: [String], leaving files: [MailReading.LeftOut]) {
        for text in texts { add(text) }
        for file in files { leave(file) }
    }

    /// Reads a multipart that lacks the announced boundary, with a guessed boundary if there is one.
    private mutating func readUnparted(_ part: MIMEPart, _ depth: Int) {
        let (body, before) = (part.prologue, texts.count + leftOut.count)
        if let boundary = MendedMail.boundary(guessedFrom: body),
            let message = MIMEMessage(Array("Content-Type: multipart/mixed; boundary=\"\(boundary)\"\n\n".utf8) + body)
        {
            withExtendedLifetime(message) { if let root = message.root { read(root, depth: depth + 1) } }
        }
        if texts.count + leftOut.count == before { add(MailCharset.text(body, named: nil)) }
    }

    /// A forwarded mail counts as a file, unless the mail has no other text before it.
    private mutating func readForwarded(_ part: MIMEPart, _ depth: Int) {
        guard !hasText, let inner = part.message else { return leave(.message) }
        let words = separately(inner, depth)
        guard words.hasText else { return leave(.message) }
        take(words.texts, leaving: words.leftOut)
    }

    private mutating func leave(_ kind: MailReading.LeftOut) {
        if leftOut.count < MailBounds.parts { leftOut.append(kind) }
    }

    /// Other text types are data (calendars, cards, tables), or a duplicate (AMP).
    private static func isWords(_ type: String) -> Bool {
        ["text/plain", "text/markdown", "text/x-markdown", "text/text"].contains(type)
    }
}

extension MailReading.LeftOut {
    fileprivate init(_ type: String) {
        self =
            switch type.prefix(while: { $0 != "/" }) {
            case "image": .picture
            case "audio": .sound
            case "video": .film
            case "message": .message
            case "application" where type.contains("pdf") || type.contains("word") || type.contains("officedocument"):
                .document
            case "text": type == "text/calendar" ? .calendar : .document
            case _: .other
            }
    }
}
