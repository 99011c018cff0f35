import Events

/// The words of a mail's parts in their order, and what is left of it: each text once, in its plain form if there is one.
struct MailTextCollector {
    private var texts: [String] = []
    private var scalars = 0
    private var parts = 0
    private(set) var leftOut: [MailReading.LeftOut] = []

    /// One paragraph after the other.
    var text: String { texts.joined(separator: "\n\n") }
    var hasText: Bool { texts.contains { TypedText.isVisible($0) } }

    mutating func read(_ part: MIMEPart, isRoot: Bool = false, depth: Int = 0) {
        parts += 1
        guard parts <= MailBounds.parts, depth <= MailBounds.depth else { return leave(.other) }
        let type = part.type
        switch type {
        case "multipart/alternative": readBest(of: part, depth)
        // The second part is the signature of the first.
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

    /// The same in several forms, the plainest first: read is the first with words that needs no guess, else the last with any.
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

    /// A part by itself; it counts all the same.
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

    /// A multipart without the boundary that it announced: perhaps it has another one.
    private mutating func readUnparted(_ part: MIMEPart, _ depth: Int) {
        let (body, before) = (part.prologue, texts.count + leftOut.count)
        if let boundary = MendedMail.boundary(guessedFrom: body),
            let message = MIMEMessage(Array("Content-Type: multipart/mixed; boundary=\"\(boundary)\"\n\n".utf8) + body)
        {
            withExtendedLifetime(message) { if let root = message.root { read(root, depth: depth + 1) } }
        }
        if texts.count + leftOut.count == before { add(MailCharset.text(body, named: nil)) }
    }

    /// A mail in a mail is a file, but for one in which all words stand.
    private mutating func readForwarded(_ part: MIMEPart, _ depth: Int) {
        guard !hasText, let inner = part.message else { return leave(.message) }
        let words = separately(inner, depth)
        guard words.hasText else { return leave(.message) }
        take(words.texts, leaving: words.leftOut)
    }

    private mutating func leave(_ kind: MailReading.LeftOut) {
        if leftOut.count < MailBounds.parts { leftOut.append(kind) }
    }

    /// Other types of text are data (calendars, cards, tables), or the same once more (AMP).
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
