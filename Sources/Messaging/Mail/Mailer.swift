/// Where mails leave the site. Live and test differ here.
package struct Mailer: Sendable {
    /// - Throws: `MailFailure`.
    package let send: @Sendable (OutgoingMail) async throws -> Void

    package init(send: @escaping @Sendable (OutgoingMail) async throws -> Void) { self.send = send }
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
