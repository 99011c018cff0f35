package import Events

/// A statement by a party: the one that opens the case, or a later one.
package struct CaseStatement: Hashable, Sendable, Redacted {
    package static let longest = 10_000

    /// Nil in later statements.
    package let subject: String?
    package let text: String
    /// The URL on the site that the statement is about, as typed.
    package let target: String?

    /// Nil when the text or a given subject has no visible characters, or a field is too long.
    package init?(subject: String? = nil, text: String, target: String? = nil) {
        guard let text = TypedText.visibleLines(text), text.count <= CaseStatement.longest, (target ?? "").count <= 500
        else { return nil }
        let line = subject.flatMap(TypedText.visibleLine)
        guard subject == nil || line != nil, (line ?? "").count <= 150 else { return nil }
        self.init(recorded: line, text, target)
    }

    init(recorded subject: String?, _ text: String, _ target: String?) {
        self.subject = subject
        self.text = text
        self.target = target
    }
}

/// A reply by the administration.
package struct CaseReply: Hashable, Sendable, Redacted {
    package let text: String

    /// Nil when it is empty or longer than 10,000 characters.
    package init?(_ text: String) {
        guard let text = TypedText.visibleLines(text), text.count <= CaseStatement.longest else { return nil }
        self.init(recorded: text)
    }

    package init(recorded text: String) { self.text = text }
}

/// An internal note by the staff.
package struct CaseNote: Hashable, Sendable, Redacted {
    package let text: String

    /// Nil when it is empty or longer than 4,000 characters.
    package init?(_ text: String) {
        guard let text = TypedText.visibleLines(text), text.count <= 4000 else { return nil }
        self.init(recorded: text)
    }

    package init(recorded text: String) { self.text = text }
}

/// The reasons for a decision or extension, as sent to the parties (DSA Art. 17).
package struct CaseReasons: Hashable, Sendable, Redacted {
    /// The law or clause that the decision rests on.
    package let rule: String?
    package let text: String

    /// Nil when there is no visible text, or a field is longer than 4,000 characters.
    package init?(rule: String? = nil, _ text: String) {
        guard let text = TypedText.visibleLines(text), text.count <= 4000, (rule ?? "").count <= 4000 else {
            return nil
        }
        self.init(recorded: rule, text)
    }

    init(recorded rule: String?, _ text: String) {
        self.rule = rule
        self.text = text
    }
}

/// Where to answer a person who is not a member, or was not signed in.
package struct CaseContact: Hashable, Sendable, Redacted {
    package let address: MailAddress
    package let name: String?

    package init?(_ address: MailAddress, name: String? = nil) {
        guard (name ?? "").count <= 100 else { return nil }
        self.address = address
        self.name = name.flatMap(TypedText.visibleLine)
    }
}

/// A mail that names a case but comes from an unexpected sender: the staff reviews it first.
package struct SetAsideMail: Hashable, Sendable, Redacted {
    package let sender: String
    package let subject: String
    package let text: String

    /// - Parameter sender: nil when the mail does not say.
    package init(sender: MailAddress?, subject: String, text: String) {
        self.init(
            recorded: sender?.text ?? "okänd avsändare", String(subject.prefix(150)),
            String(text.prefix(CaseStatement.longest)))
    }

    init(recorded sender: String, _ subject: String, _ text: String) {
        self.sender = sender
        self.subject = subject
        self.text = text
    }
}

/// The result of comparing the four identity points, and how they were compared (P-17.2).
package struct IdentityVerdict: Hashable, Sendable, Redacted {
    package enum Point: String, CaseIterable, Sendable {
        case name, username
        case personalIdentityNumber = "personal-identity-number"
        case registeredAddress = "registered-address"
    }

    /// The points that match.
    package let agreeing: Set<Point>
    package let reason: String

    package var isProved: Bool { agreeing.count == Point.allCases.count }

    /// Nil without a reason, or when it is longer than 1,000 characters.
    package init?(_ agreeing: Set<Point>, reason: String) {
        guard let reason = TypedText.visibleLines(reason), reason.count <= 1000 else { return nil }
        self.init(recorded: agreeing, reason)
    }

    init(recorded agreeing: Set<Point>, _ reason: String) {
        self.agreeing = agreeing
        self.reason = reason
    }
}

// Sealed fields of each type, in alphabetical order of the field names.

extension CaseStatement: SealedRecord {
    package init<Fields: SealedFields>(_ fields: inout Fields) throws(Fields.Failure) where Fields.Record == Self {
        subject = try fields(.caseSubject, \.subject)
        target = try fields(.caseTarget, \.target)
        text = try fields(.caseText, \.text)
    }
}

extension CaseReply: SealedText {
    package static let field = PersonalField.caseReply
    package var recorded: String { text }
}

extension CaseNote: SealedText {
    package static let field = PersonalField.caseNote
    package var recorded: String { text }
}

extension CaseReasons: SealedRecord {
    package init<Fields: SealedFields>(_ fields: inout Fields) throws(Fields.Failure) where Fields.Record == Self {
        text = try fields(.caseReasons, \.text)
        rule = try fields(.caseRule, \.rule)
    }
}

extension CaseContact: SealedRecord {
    package init<Fields: SealedFields>(_ fields: inout Fields) throws(Fields.Failure) where Fields.Record == Self {
        address = try fields(.caseContact, \.address)
        name = try fields(.caseContactName, \.name)
    }
}

extension SetAsideMail: SealedRecord {
    package init<Fields: SealedFields>(_ fields: inout Fields) throws(Fields.Failure) where Fields.Record == Self {
        sender = try fields(.caseContact, \.sender)
        subject = try fields(.caseSubject, \.subject)
        text = try fields(.caseText, \.text)
    }
}

extension IdentityVerdict: SealedRecord {
    package init<Fields: SealedFields>(_ fields: inout Fields) throws(Fields.Failure) where Fields.Record == Self {
        reason = try fields(.caseReasons, \.reason)
        let words = try fields(.identityVerdict, \.words)
        agreeing = Set(words.split(separator: ",").compactMap { Point(rawValue: String($0)) })
    }

    /// The matching points, in declaration order.
    private var words: String {
        Point.allCases.filter(agreeing.contains).map(\.rawValue).joined(separator: ",")
    }
}
