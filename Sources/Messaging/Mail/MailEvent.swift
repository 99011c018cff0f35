package import Events

/// The outcome of an outgoing mail. Contains ids and closed codes only: no address and no text of a mail.
package enum MailEvent: Hashable, Sendable {
    /// The relay or maildir accepted it.
    case handedOver(SentMail)
    case givenUp(SentMail, GivingUp)
    /// It was requested but not sent.
    case suppressed(SentMail, Suppression)
    /// An administrator released the mails quarantined since a restore.
    case released(through: Int)
    /// A delivery report was received.
    case bounced(Bounce)
    /// The member asked to send mail again to an address that had bounced.
    case addressRetried(Subject, member: MemberID)
}

extension MailEvent {
    /// Position of the event that requested the mail; nil for events that concern no single mail.
    package var askedAt: Int? {
        switch self {
        case .handedOver(let mail), .givenUp(let mail, _), .suppressed(let mail, _): mail.key.asked
        case .bounced(let bounce): bounce.key.asked
        case .released, .addressRetried: nil
        }
    }
}

/// Identifies a mail by the position of the event that requested it, its kind, and the member concerned.
package struct MailKey: Hashable, Sendable {
    package let asked: Int
    package let name: MailName
    package let member: MemberID

    package init(asked: Int, name: MailName, member: MemberID) {
        self.asked = asked
        self.name = name
        self.member = member
    }
}

/// The name of a kind of mail; the closed list is `SiteMail` in `Processes`.
package struct MailName: ClosedCode, Hashable {
    package let rawValue: String

    /// Nil unless it is 1–40 lower-case ASCII letters and hyphens.
    package init?(rawValue: String) {
        guard (1...40).contains(rawValue.utf8.count),
            rawValue.utf8.allSatisfy({ (0x61...0x7A).contains($0) || $0 == UInt8(ascii: "-") })
        else { return nil }
        self.rawValue = rawValue
    }

    private init(known name: StaticString) { rawValue = "\(name)" }

    /// The only kind that views count separately.
    package static let newsletter = MailName(known: "newsletter")
}

/// A mail that has been sent, given up or suppressed.
package struct SentMail: Hashable, Sendable {
    package let key: MailKey
    /// Subject under which the recipient's address is sealed; nil if there was no address any more.
    package let address: Subject?
    /// Log position at which the recipient's preferences were read, just before sending (P-15.1).
    package let checked: Int
    /// Number of attempts, including this one.
    package let attempts: Int

    package init(_ key: MailKey, address: Subject?, checked: Int, attempts: Int) {
        self.key = key
        self.address = address
        self.checked = checked
        self.attempts = attempts
    }
}

/// Why a mail is not retried.
package struct GivingUp: Hashable, Sendable {
    package enum Reason: String, ClosedCode, CaseIterable {
        /// The relay permanently rejected the mail or its recipient.
        case refused
        /// All attempts for this kind of mail failed: over several days, or a single one.
        case exhausted
        /// Two attempts ended without a known outcome: a third could deliver a third copy.
        case uncertain
    }

    package let reason: Reason
    /// The code of libcurl, or `errno` for a maildir.
    package let code: Int?
    /// The relay's last reply code.
    package let reply: Int?

    package init(_ reason: Reason, code: Int? = nil, reply: Int? = nil) {
        self.reason = reason
        self.code = code
        self.reply = reply
    }
}

/// Why a mail was not sent.
package enum Suppression: String, ClosedCode, CaseIterable {
    /// The recipient has switched off this kind of mail (P-15.1).
    case switchedOff = "switched-off"
    /// Mail to the address has bounced (P-15.2).
    case bounced
    /// There is no recipient, or nothing to say, any more.
    case moot
    /// The limit for mails that visitors can cause to one address is reached (P-08.2).
    case tooMany = "too-many"
}

/// A mail that was returned.
package struct Bounce: Hashable, Sendable {
    package let key: MailKey
    /// Subject under which the address is sealed.
    package let address: Subject
    package let severity: Severity
    package let status: DeliveryStatus

    package enum Severity: String, ClosedCode, CaseIterable {
        /// The address does not exist, or no longer accepts mail.
        case hard
        /// A full mailbox, a filter or a failing server: the next mail may arrive.
        case soft
    }

    package init(_ key: MailKey, address: Subject, status: DeliveryStatus) {
        self.init(key, address: address, severity: status.severity, status: status)
    }

    init(_ key: MailKey, address: Subject, severity: Severity, status: DeliveryStatus) {
        self.key = key
        self.address = address
        self.severity = severity
        self.status = status
    }
}

extension MailEvent {
    /// The stream of all outcomes except bounces, in order.
    package static let outbox = StreamName("outbox")

    var stream: StreamName {
        switch self {
        case .handedOver, .givenUp, .suppressed, .released: MailEvent.outbox
        case .bounced(let bounce): StreamName(MailboxID(of: bounce.key.member))
        case .addressRetried(_, let member): StreamName(MailboxID(of: member))
        }
    }
}
