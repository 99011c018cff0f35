/// A received mail: its text and header data, as far as they could be read.
package struct IncomingMail: Sendable {
    /// Maximum size in bytes of a mail that is read; of a larger one only the header is.
    package static let largest = 25 * 1_048_576

    package let head: MailHead
    package let sender: MailAddress
    /// All texts of the mail as plain text, in order; never empty.
    package let text: String
    /// The kind of each part that is not text, or is an attachment.
    package let leftOut: [MailReading.LeftOut]

    /// - Throws: the problem that prevents an answer, with the parts that were read.
    package init(_ reading: MailReading) throws(UnreadableMail) {
        head = MailHead(reading)
        text = IncomingText.lines(reading.text)
        leftOut = reading.leftOut
        guard let sender = head.sender else { throw UnreadableMail(.noSender, head: head, text: text) }
        guard !text.isEmpty else { throw UnreadableMail(.noText, head: head) }
        self.sender = sender.address
    }
}

extension IncomingMail {
    package var messageID: String? { head.messageID }
    package var senderName: String? { head.sender?.name }
    package var replyTo: MailMailbox? { head.replyTo }
    package var recipients: [MailAddress] { head.recipients }
    package var subject: String { head.subject }
    package var references: [String] { head.references }
    package var origin: MailOrigin { head.origin }
    package var wantsNoReply: Bool { head.wantsNoReply }
}

/// Why a mail could not be read, and the parts that could.
package struct UnreadableMail: Error, Hashable {
    package enum Problem: String, Error, Hashable, CaseIterable, Sendable {
        /// Only its header was read.
        case tooLarge = "too-large"
        case noSender = "no-sender"
        case noText = "no-text"
        /// The reader process crashed, timed out or returned an invalid result; the header was read in a second attempt.
        case notRead = "not-read"
    }

    package let problem: Problem
    /// Nil when not even the header could be read.
    package let head: MailHead?
    /// The text of a mail without a sender.
    package let text: String?

    package init(_ problem: Problem, head: MailHead? = nil, text: String? = nil) {
        self.problem = problem
        self.head = head
        self.text = text
    }

    package var sender: MailAddress? { head?.sender?.address }
    package var subject: String? { head?.subject }
}

extension UnreadableMail: CustomStringConvertible {
    package var description: String { problem.rawValue }
}
