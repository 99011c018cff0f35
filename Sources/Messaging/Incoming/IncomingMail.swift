/// A mail from outside, read strictly: what cannot be made sense of is refused, never guessed at.
package struct IncomingMail: Sendable {
    /// No mail of more bytes is opened.
    package static let largest = 1_048_576

    /// The mail's own Message-ID, as it stands there.
    package let messageID: String?
    package let sender: MailAddress
    package let senderName: String?
    /// Where answers are wanted, when that is another address.
    package let replyTo: MailMailbox?
    /// To whom it says it goes; blind copies and odd addresses are not among them.
    package let recipients: [MailAddress]
    package let subject: String
    /// The ids of the mails that it answers, as it says, the nearest first.
    package let references: [String]
    package let text: String
    /// Parts that are no text, or say that they are files. They are left.
    package let attachments: Int
    /// Written by a program: an answer to it may begin a conversation of two machines (RFC 3834).
    package let isAutomatic: Bool
    /// A person's mail whose sender's program asks for no automatic answers.
    package let wantsNoReply: Bool

    /// - Throws: what is wrong; with the sender and subject when those could be read.
    package init(parsing bytes: [UInt8]) throws(UnreadableMail) {
        guard bytes.count <= IncomingMail.largest else { throw UnreadableMail(tooLarge: bytes) }
        let message: MailPart
        do { message = try MailPart(bytes[...]) } catch { throw UnreadableMail(error) }
        let sender: MailMailbox
        do { sender = try message.header.sender() } catch { throw UnreadableMail(error) }
        let subject = EncodedWords.decoded(message.header["subject"] ?? "").singleLine
        let isAutomatic = message.header.isAutomatic
        var reading = MailText()
        do {
            try reading.read(message)
        } catch {
            throw UnreadableMail(error, sender: sender.address, subject: subject, isAutomatic: isAutomatic)
        }
        guard let text = reading.text?.trimmed, !text.isEmpty else {
            throw UnreadableMail(.noText, sender: sender.address, subject: subject, isAutomatic: isAutomatic)
        }
        messageID = message.header["message-id"]
        replyTo = message.header["reply-to"].flatMap { MailMailbox.all(in: $0).first }.flatMap {
            $0.address == sender.address ? nil : $0
        }
        wantsNoReply = message.header["x-auto-response-suppress"] != nil
        self.sender = sender.address
        senderName = sender.name
        recipients = message.header.recipients
        self.subject = subject
        references = message.header.references
        self.text = text
        attachments = reading.attachments
        self.isAutomatic = isAutomatic
    }
}

/// Why a mail was not read, and what of it was.
package struct UnreadableMail: Error, Hashable {
    package enum Problem: String, Error, Hashable, CaseIterable, Sendable {
        case tooLarge = "too-large"
        case badHeader = "bad-header"
        case noSender = "no-sender"
        case badType = "bad-type"
        case tooManyParts = "too-many-parts"
        case unknownEncoding = "unknown-encoding"
        case badEncoding = "bad-encoding"
        case unknownCharset = "unknown-charset"
        case noText = "no-text"
    }

    package let problem: Problem
    package let sender: MailAddress?
    package let subject: String?
    package let isAutomatic: Bool

    fileprivate init(tooLarge bytes: [UInt8]) {
        let header = try? MailPart(bytes.prefix(65_536)).header
        self.init(
            .tooLarge, sender: (try? header?.sender())?.address,
            subject: header.map { EncodedWords.decoded($0["subject"] ?? "").singleLine },
            isAutomatic: header?.isAutomatic ?? false)
    }

    init(_ problem: Problem, sender: MailAddress? = nil, subject: String? = nil, isAutomatic: Bool = false) {
        self.problem = problem
        self.sender = sender
        self.subject = subject
        self.isAutomatic = isAutomatic
    }
}

extension UnreadableMail: CustomStringConvertible {
    package var description: String { problem.rawValue }
}

/// The texts of a message's parts: the first that is one, and how many parts are left.
private struct MailText {
    private static let deepest = 5
    private static let mostParts = 50

    private(set) var text: String?
    private(set) var attachments = 0
    private var parts = 0

    mutating func read(_ part: MailPart, depth: Int = 0) throws(UnreadableMail.Problem) {
        parts += 1
        guard depth <= MailText.deepest, parts <= MailText.mostParts else { throw .tooManyParts }
        let type = try MailType(part.header["content-type"] ?? "text/plain")
        switch (type.kind, type.subtype) {
        case ("multipart", "alternative"):
            // The same in several forms: the plain one is read, the others are no files.
            var best = MailText()
            for alternative in try part.parts(type) { try best.readAlternative(alternative, depth: depth + 1) }
            parts += best.parts
            guard parts <= MailText.mostParts else { throw .tooManyParts }
            if text == nil { text = best.text }
        case ("multipart", _): for inner in try part.parts(type) { try read(inner, depth: depth + 1) }
        case ("text", "plain") where !part.header.isFile && text == nil: text = try part.text(type)
        case ("text", "plain") where !part.header.isFile: break
        default: attachments += 1
        }
    }

    private mutating func readAlternative(_ part: MailPart, depth: Int) throws(UnreadableMail.Problem) {
        let (before, type) = (attachments, try MailType(part.header["content-type"] ?? "text/plain"))
        try read(part, depth: depth)
        if type.kind == "text" { attachments = before }
    }
}

extension String {
    fileprivate var trimmed: String {
        guard let start = firstIndex(where: { !$0.isWhitespace }), let end = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[start...end])
    }

    fileprivate var singleLine: String { String(map { $0.isNewline ? " " : $0 }).trimmed }
}
