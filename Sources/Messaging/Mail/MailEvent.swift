package import Events

/// What became of the mails that the site sends. Ids and closed codes only: neither an address nor a word of any mail.
package enum MailEvent: Hashable, Sendable {
    /// The relay, or the maildir, has taken it.
    case handedOver(SentMail)
    case givenUp(SentMail, GivingUp)
    /// It was asked for, and not sent after all.
    case suppressed(SentMail, Suppression)
    /// An administrator lets go what had waited since a restoration.
    case released(through: Int)
    /// A delivery report came back.
    case bounced(Bounce)
    /// The member wants mail to be tried again at an address that had refused it.
    case addressRetried(Subject, member: MemberID)
}

extension MailEvent {
    /// Which event asked for the mail; nil for what is about none.
    package var askedAt: Int? {
        switch self {
        case .handedOver(let mail), .givenUp(let mail, _), .suppressed(let mail, _): mail.key.asked
        case .bounced(let bounce): bounce.key.asked
        case .released, .addressRetried: nil
        }
    }
}

/// Names a mail: which event asked for it, of which kind it is, and whom it is about.
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

/// The name of a kind of mail, out of the closed list that the site has of them (`SiteMail` in `Server`).
package struct MailName: ClosedCode, Hashable {
    package let rawValue: String

    /// Nil for anything but small letters and hyphens.
    package init?(rawValue: String) {
        guard (1...40).contains(rawValue.utf8.count),
            rawValue.utf8.allSatisfy({ (0x61...0x7A).contains($0) || $0 == UInt8(ascii: "-") })
        else { return nil }
        self.rawValue = rawValue
    }

    private init(known name: StaticString) { rawValue = "\(name)" }

    /// The one kind that the views count by themselves.
    package static let newsletter = MailName(known: "newsletter")
}

/// A mail at the end of its way through the site.
package struct SentMail: Hashable, Sendable {
    package let key: MailKey
    /// Under which the address is sealed that it went to; nil when there was none any more.
    package let address: Subject?
    /// The log's head when the recipient's choices were looked at, a moment before it was sent (P-15.1).
    package let checked: Int
    /// How often it was tried, this time included.
    package let attempts: Int

    package init(_ key: MailKey, address: Subject?, checked: Int, attempts: Int) {
        self.key = key
        self.address = address
        self.checked = checked
        self.attempts = attempts
    }
}

/// Why a mail is not tried any more.
package struct GivingUp: Hashable, Sendable {
    package enum Reason: String, ClosedCode, CaseIterable {
        /// The relay wants neither it nor its recipient.
        case refused
        /// It was tried as often as such mails are: for days, or once.
        case exhausted
        /// Twice nobody knows whether it was taken: a third time it might arrive a third time.
        case uncertain
    }

    package let reason: Reason
    /// libcurl's, or the system's for a maildir.
    package let code: Int?
    /// The relay's last reply.
    package let reply: Int?

    package init(_ reason: Reason, code: Int? = nil, reply: Int? = nil) {
        self.reason = reason
        self.code = code
        self.reply = reply
    }
}

/// Why a mail was not sent.
package enum Suppression: String, ClosedCode, CaseIterable {
    /// The recipient does not want mails of that kind (P-15.1).
    case switchedOff = "switched-off"
    /// Mail to the address has come back (P-15.2).
    case bounced
    /// There is nobody to send it to, or nothing to say, any more.
    case moot
    /// Strangers have made the site send so many mails to the address that it waits for no more of them (P-08.2).
    case tooMany = "too-many"
}

/// That a mail came back.
package struct Bounce: Hashable, Sendable {
    package let key: MailKey
    /// Under which the address is sealed.
    package let address: Subject
    package let severity: Severity
    /// RFC 3463.
    package let status: DeliveryStatus

    package enum Severity: String, ClosedCode, CaseIterable {
        /// There is no such address, or it takes no mail any more.
        case hard
        /// A full mailbox, a filter, a server in trouble: the next mail may arrive.
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
    /// Where everything that was sent stands, in order.
    package static let outbox = StreamName("outbox")

    var stream: StreamName {
        switch self {
        case .handedOver, .givenUp, .suppressed, .released: MailEvent.outbox
        case .bounced(let bounce): StreamName(MailboxID(of: bounce.key.member))
        case .addressRetried(_, let member): StreamName(MailboxID(of: member))
        }
    }
}
