import Events

/// What the header of a mail says, for a program to act on and for people to read.
package struct MailHead: Hashable, Sendable {
    /// Without brackets: the same in every copy of a mail.
    package let messageID: String?
    /// Who wrote it, as it says: the first right mailbox of From, else of Sender, of Reply-To, or the envelope's.
    package let sender: MailMailbox?
    /// Where answers are wanted, if not at the sender's address. Unchecked, as the sender is.
    package let replyTo: MailMailbox?
    /// To whom it says it goes; blind copies and odd addresses are not among them.
    package let recipients: [MailAddress]
    /// One line, of what can be seen.
    package let subject: String
    /// The ids of the mails that it answers, as it says: what it answers itself, then the thread, the nearest first.
    package let references: [String]
    package let origin: MailOrigin
    /// It came through a list or a group: an answer of a program to it is unwelcome. `X-Auto-Response-Suppress` does not count: Exchange adds it
    /// to what people write.
    package let wantsNoReply: Bool

    private static let longestSubject = 500

    init(_ reading: MailReading) {
        messageID = reading["message-id"].flatMap { MailHead.ids(in: $0).first ?? MailHead.bareID($0) }
        let sender = MailHead.sender(reading)
        self.sender = sender
        replyTo = reading.all("reply-to").lazy.flatMap(MailMailbox.all).first.flatMap { mailbox in
            mailbox.address.text.lowercased() == sender?.address.text.lowercased() ? nil : mailbox
        }
        recipients = Array(
            ["to", "cc", "delivered-to", "x-original-to", "envelope-to"].flatMap(reading.all).flatMap(MailMailbox.all)
                .map(\.address).prefix(20))
        subject = IncomingText.line(reading["subject"] ?? "", atMost: MailHead.longestSubject)
        let thread = MailHead.ids(in: reading.all("references").map(\.text).joined(separator: " "))
        let answered = MailHead.ids(in: reading["in-reply-to"] ?? "")
        references = Array((answered + thread.reversed()).prefix(20))
        origin = MailOrigin(reading, from: sender)
        wantsNoReply =
            ["list-id", "list-post", "list-unsubscribe", "mailing-list"].contains { reading[$0] != nil }
            || reading["precedence"]?.lowercased().hasPrefix("list") ?? false
    }

    private static func sender(_ reading: MailReading) -> MailMailbox? {
        ["from", "sender", "reply-to", "return-path"].lazy
            .flatMap { name in reading.all(name).lazy.flatMap(MailMailbox.all) }.first
    }

    private static func ids(in text: String) -> [String] {
        text.matches(of: /<([^<>\s]{1,250})>/).map { String($0.1) }
    }

    private static func bareID(_ text: String) -> String? {
        let id = text.filter { !$0.isWhitespace && $0 != "<" && $0 != ">" }
        return id.isEmpty || id.utf8.count > 250 ? nil : id
    }
}

/// Text of strangers as it is kept: NFC, one kind of line break, nothing that cannot be seen or turns the direction of writing.
enum IncomingText {
    static func lines(_ text: String) -> String {
        TypedText.visibleLines(visibleOnly(text)) ?? ""
    }

    static func line(_ text: String, atMost limit: Int) -> String {
        TypedText.visibleLine(visibleOnly(text)).map { String($0.prefix(limit)) } ?? ""
    }

    private static func visibleOnly(_ text: String) -> String {
        let scalars = text.unicodeScalars.filter { scalar in
            switch scalar.properties.generalCategory {
            case .control: scalar == "\n" || scalar == "\r" || scalar == "\t"
            // What joins the parts of an emoji, and the soft hyphen.
            case .format: scalar == "\u{200D}" || scalar == "\u{00AD}" || (0xE0020...0xE007F).contains(scalar.value)
            case .surrogate, .privateUse, .unassigned: false
            default: true
            }
        }
        return String(String.UnicodeScalarView(scalars))
    }
}
