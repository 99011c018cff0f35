package import Events

/// Why an account is closed, and what the member wants done with her texts.
package struct ClosingDecision: Hashable, Sendable {
    package let cause: ClosingCause
    package let texts: TextsChoices
    /// Own texts that are erased at the purge even when the others stay.
    package let marked: [Subject]
    /// Hash of the token in the link where the receipt of the erasure will appear.
    package let receipt: TextHash
    /// Set when the administration closed the account (P-16.4).
    package let reasons: Sealed<StatementOfReasons>?

    package init(
        _ cause: ClosingCause, texts: TextsChoices, marked: [Subject] = [], receipt: TextHash,
        reasons: Sealed<StatementOfReasons>? = nil
    ) {
        self.cause = cause
        self.texts = texts
        self.marked = marked
        self.receipt = receipt
        self.reasons = reasons
    }
}

/// The state of a closing, from its decision to the purge.
package struct Closing: Hashable, Sendable {
    package let cause: ClosingCause
    package internal(set) var texts: TextsChoices
    /// Own texts that are erased at the purge even when the others stay.
    package internal(set) var marked: [Subject]
    package let receipt: TextHash
    package let at: Instant
    package let reasons: Sealed<StatementOfReasons>?
    package internal(set) var appeal: Appeal?
    /// When the mail that announces the erasure was sent.
    package internal(set) var announcedAt: Instant?

    package init(_ decision: ClosingDecision, at time: Instant) {
        cause = decision.cause
        texts = decision.texts
        marked = decision.marked
        receipt = decision.receipt
        reasons = decision.reasons
        at = time
    }

    mutating func choose(_ choice: TextsChoices, _ marked: [Subject]) {
        texts = choice
        self.marked = marked
    }
}

/// Why an account is closed.
package enum ClosingCause: String, ClosedCode, CaseIterable {
    /// By the member (P-16.1).
    case own
    /// For breach of the policy or the terms (P-16.4).
    case breach
    /// Deactivated, and the member did not return in time (P-16.4).
    case unreturned
    /// No sign-in for the period that the policy states (P-16.4).
    case unused
    /// The number of the account is another account's (P-16.6).
    case duplicate
}

/// What happens to texts of one kind (P-16.1).
package enum TextsChoice: String, ClosedCode, CaseIterable {
    /// They stay, without the author's name.
    case anonymise
    /// They are erased with the account.
    case erase
}

/// What happens to the texts of each kind. What she had deleted, or a moderator had removed, is erased in any case.
package struct TextsChoices: Hashable, Sendable {
    /// Posts and the titles of threads.
    package let posts: TextsChoice
    package let messages: TextsChoice

    package init(posts: TextsChoice, messages: TextsChoice) {
        self.posts = posts
        self.messages = messages
    }

    /// Everything stays without a name: holds when a member chooses nothing.
    package static let anonymise = TextsChoices(posts: .anonymise, messages: .anonymise)
    package static let erase = TextsChoices(posts: .erase, messages: .erase)

    /// The kinds of subjects that are erased with the account.
    package var erased: [SubjectKind] {
        SubjectKind.allCases.filter { kind in
            switch kind {
            case .thread, .post, .revision, .picture: posts == .erase
            case .message: messages == .erase
            case .identity, .email, .address, .municipality, .register, .credential, .identityProtection, .signIn,
                .category, .statement, .issue, .staffName:
                false
            }
        }
    }
}

/// A decision to suspend an account until a point in time (P-16.4).
package struct DeactivationDecision: Hashable, Sendable {
    package let until: Instant
    package let reasons: Sealed<StatementOfReasons>

    package init(until: Instant, reasons: Sealed<StatementOfReasons>) {
        self.until = until
        self.reasons = reasons
    }
}

/// The state of a suspension, from its decision on.
package struct Deactivation: Hashable, Sendable {
    package let at: Instant
    package let until: Instant
    package let reasons: Sealed<StatementOfReasons>
    package internal(set) var appeal: Appeal?

    package init(_ decision: DeactivationDecision, at time: Instant) {
        at = time
        until = decision.until
        reasons = decision.reasons
    }
}

/// The rule that was broken and the facts, as sent to the member concerned (DSA Art. 17).
package struct StatementOfReasons: Hashable, Sendable, Redacted {
    package let rule: String
    package let facts: String

    /// Nil when one of them is empty or longer than 4,000 characters.
    package init?(rule: String, facts: String) {
        guard let rule = TypedText.visibleLines(rule), let facts = TypedText.visibleLines(facts), rule.count <= 4000,
            facts.count <= 4000
        else { return nil }
        self.init(recordedRule: rule, facts: facts)
    }

    init(recordedRule rule: String, facts: String) {
        self.rule = rule
        self.facts = facts
    }
}

/// A member's text against a decision.
package struct AppealText: Hashable, Sendable, Redacted {
    package let text: String

    /// Nil when it is empty or longer than 4,000 characters.
    package init?(_ text: String) {
        guard let text = TypedText.visibleLines(text), text.count <= 4000 else { return nil }
        self.init(recorded: text)
    }

    package init(recorded text: String) { self.text = text }
}

/// The state of an appeal. One that is granted ends the decision it is against.
package enum Appeal: Hashable, Sendable {
    case made(Sealed<AppealText>, at: Instant)
    case rejected(Sealed<StatementOfReasons>, at: Instant)
}

extension AppealText: SealedText {
    package static let field = PersonalField.appealText
    package var recorded: String { text }
}

extension StatementOfReasons: SealedRecord {
    package init<Fields: SealedFields>(_ fields: inout Fields) throws(Fields.Failure) where Fields.Record == Self {
        facts = try fields(.statementFacts, \.facts)
        rule = try fields(.statementRule, \.rule)
    }
}
