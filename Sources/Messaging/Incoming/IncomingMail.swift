/// A mail from outside: its words and what its header says, read as far as they go.
package struct IncomingMail: Sendable {
    /// The most bytes of a mail that are read; of a larger one only the header is.
    package static let largest = 25 * 1_048_576

    package let head: MailHead
    package let sender: MailAddress
    /// Every text, plain or made plain, in order; never empty.
    package let text: String
    /// A kind for each part that is no text, or says that it is a file.
    package let leftOut: [MailReading.LeftOut]

    /// - Throws: what is missing for an answer, with what there is.
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

/// Why a mail was not read, and what of it was.
package struct UnreadableMail: Error, Hashable {
    package enum Problem: String, Error, Hashable, CaseIterable, Sendable {
        /// Only its header was read.
        case tooLarge = "too-large"
        case noSender = "no-sender"
        case noText = "no-text"
        /// The process that read it crashed, took too long or answered nonsense; of the header it was asked once more.
        case notRead = "not-read"
    }

    package let problem: Problem
    /// Nil when not even the header could be read.
    package let head: MailHead?
    /// Of a mail without a sender.
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
