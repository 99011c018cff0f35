/// Where mails leave the site. Live and test differ here.
package struct Mailer: Sendable {
    /// Runs when all of a mail but its end is handed over. From then on it may be taken though no answer arrives.
    package typealias BeforeEnd = @Sendable () throws -> Void

    private let hand: @Sendable (OutgoingMail, @escaping BeforeEnd) async throws -> Void

    package init(handing: @escaping @Sendable (OutgoingMail, @escaping BeforeEnd) async throws -> Void) {
        hand = handing
    }

    /// For a place that takes a mail as a whole.
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

/// Why a mail was not taken. Never says to whom it was.
package enum MailFailure: Error, Hashable, Sendable {
    /// The relay wants neither this mail nor this recipient; trying again is of no use.
    case refused(reply: Int)
    /// The relay cannot be reached, or not safely, or has no time now. The code is libcurl's.
    case notNow(code: Int, reply: Int)
    /// The relay got the whole mail and then fell silent: nobody knows whether it has taken it. The code is libcurl's.
    case uncertain(code: Int)
    /// The maildir cannot be written; the number is the system's.
    case notWritten(errno: Int32)
}
