/// Sends mails. A struct of closures, because live and test differ.
package struct Mailer: Sendable {
    /// Called when a mail has been transmitted except for its end-of-data marker; after it returns, the relay may accept the mail even if
    /// no answer arrives.
    package typealias BeforeEnd = @Sendable () throws -> Void

    private let hand: @Sendable (OutgoingMail, @escaping BeforeEnd) async throws -> Void

    package init(handing: @escaping @Sendable (OutgoingMail, @escaping BeforeEnd) async throws -> Void) {
        hand = handing
    }

    /// For a destination that accepts a mail as a whole.
    package init(send: @escaping @Sendable (OutgoingMail) async throws -> Void) {
        hand = { mail, beforeEnd in
            try beforeEnd()
            try await send(mail)
        }
    }

    /// - Throws: `MailFailure`.
    package func send(_ mail: OutgoingMail, beforeEnd: @escaping BeforeEnd = {}) async throws {
        try await hand(mail, beforeEnd)
    }
}

/// Why a mail was not accepted. Never contains the recipient.
package enum MailFailure: Error, Hashable, Sendable {
    /// The relay permanently rejects the mail or the recipient; retrying is useless.
    case refused(reply: Int)
    /// The relay cannot be reached, cannot be reached securely, or is busy. The code is libcurl's.
    case notNow(code: Int, reply: Int)
    /// The relay received the whole mail but did not answer: it may or may not have accepted it. The code is libcurl's.
    case uncertain(code: Int)
    /// The maildir cannot be written; the number is the system's `errno`.
    case notWritten(errno: Int32)
}
