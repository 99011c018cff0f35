package import Events

/// Why an account is closed, and what its owner wants done with what she wrote.
package struct ClosingDecision: Hashable, Sendable {
    package let cause: ClosingCause
    package let texts: TextsChoice
    /// Own texts that are erased at the purge even when the others stay.
    package let marked: [Subject]
    /// Of the token at whose link the receipt of the erasure will appear.
    package let receipt: TextHash
    /// Why, when the administration closed it (P-16.4).
    package let reasons: Sealed<StatementOfReasons>?

    package init(
        _ cause: ClosingCause, texts: TextsChoice, marked: [Subject] = [], receipt: TextHash,
        reasons: Sealed<StatementOfReasons>? = nil
    ) {
        self.cause = cause
        self.texts = texts
        self.marked = marked
        self.receipt = receipt
        self.reasons = reasons
    }
}

/// A closing since it was decided.
package struct Closing: Hashable, Sendable {
    package let cause: ClosingCause
    package internal(set) var texts: TextsChoice
    /// Own texts that are erased at the purge even when the others stay.
    package internal(set) var marked: [Subject]
    package let receipt: TextHash
    package let at: Instant
    package let reasons: Sealed<StatementOfReasons>?
    package internal(set) var appeal: Appeal?
    /// When the mail was sent that says that the erasure is near.
    package internal(set) var announcedAt: Instant?

    package init(_ decision: ClosingDecision, at time: Instant) {
        cause = decision.cause
        texts = decision.texts
        marked = decision.marked
        receipt = decision.receipt
        reasons = decision.reasons
        at = time
    }

    mutating func choose(_ choice: TextsChoice, _ marked: [Subject]) {
        texts = choice
        self.marked = marked
    }
}

/// Why an account is closed.
package enum ClosingCause: String, ClosedCode, CaseIterable {
    /// By its owner (P-16.1).
    case own
    /// For breach of the policy or the terms (P-16.4).
    case breach
    /// Deactivated, and not returned to in time (P-16.4).
    case unreturned
    /// Nobody signed in for as long as the policy says (P-16.4).
    case unused
}

/// What becomes of posts and messages (P-16.1).
package enum TextsChoice: String, ClosedCode, CaseIterable {
    /// They stay without a name.
    case anonymise
    /// They are erased with the account.
    case erase
}

/// That an account is suspended until a moment (P-16.4).
package struct DeactivationDecision: Hashable, Sendable {
    package let until: Instant
    package let reasons: Sealed<StatementOfReasons>

    package init(until: Instant, reasons: Sealed<StatementOfReasons>) {
        self.until = until
        self.reasons = reasons
    }
}

/// A suspension since it was decided.
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

/// Which rule was broken and what happened, as it is told to whom it concerns (DSA Art. 17).
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

/// What somebody says against a decision.
package struct AppealText: Hashable, Sendable, Redacted {
    package let text: String

    /// Nil when it is empty or longer than 4,000 characters.
    package init?(_ text: String) {
        guard let text = TypedText.visibleLines(text), text.count <= 4000 else { return nil }
        self.init(recorded: text)
    }

    package init(recorded text: String) { self.text = text }
}

/// What has become of an appeal. One that is upheld ends what it was against.
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
