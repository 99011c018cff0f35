import Events

/// The header data of a mail, for programs and for display.
package struct MailHead: Hashable, Sendable {
    /// The Message-ID without brackets; the same in every copy of a mail.
    package let messageID: String?
    /// The claimed sender: the first valid mailbox of From, Sender, Reply-To or Return-Path.
    package let sender: MailMailbox?
    /// The Reply-To mailbox if it differs from the sender's. Unverified, like the sender.
    package let replyTo: MailMailbox?
    /// The addresses named as recipients, without blind copies and invalid addresses.
    package let recipients: [MailAddress]
    /// One line of visible characters.
    package let subject: String
    /// The ids of the mails it claims to answer: In-Reply-To first, then References from the nearest.
    package let references: [String]
    package let origin: MailOrigin
    /// The mail came through a mailing list or group, so that an automatic answer is unwelcome. `X-Auto-Response-Suppress` is ignored:
    /// Exchange adds it to mails that people write.
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

/// Normalises text from outside: NFC, one kind of line break, no invisible characters, no bidirectional controls.
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
            // The zero-width joiner and tags of emoji, and the soft hyphen.
            case .format: scalar == "\u{200D}" || scalar == "\u{00AD}" || (0xE0020...0xE007F).contains(scalar.value)
            case .surrogate, .privateUse, .unassigned: false
            default: true
            }
        }
        return String(String.UnicodeScalarView(scalars))
    }
}
