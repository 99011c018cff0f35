package import Events

/// What a member has accepted, answered and chosen, each by a separate event (P-01.1).
package enum ConsentEvent: Hashable, Sendable {
    case policyAccepted(Acceptance)
    case termsAccepted(Acceptance)
    case given(ConsentPurpose, form: TextHash)
    case withdrawn(ConsentPurpose)
    case newsletterAnswered(NewsletterAnswer)
    case mailChoiceSet(MailKind, MailChoice)
}

/// The accepted version of a text, and the form on which it was accepted (P-01.1).
package struct Acceptance: Hashable, Sendable {
    package let version: CalendarDate
    package let text: TextHash
    /// Hash of the form's wording, as it was shown.
    package let form: TextHash

    package init(version: CalendarDate, text: TextHash, form: TextHash) {
        self.version = version
        self.text = text
        self.form = form
    }
}

/// The purpose of a separate consent (P-01.1).
package enum ConsentPurpose: String, ClosedCode, CaseIterable {
    /// Completing and checking data against the population register (P-07.2).
    case registerLookup = "register-lookup"
    /// Showing the name to other members (P-11.2).
    case visibleName = "visible-name"
    /// Showing age and sex to other members, both or neither (P-11.2).
    case visibleAgeAndSex = "visible-age-and-sex"

    /// Whether it shows something to other members.
    package var isVisibility: Bool {
        switch self {
        case .registerLookup: false
        case .visibleName, .visibleAgeAndSex: true
        }
    }
}

/// A member's answer about the newsletter (P-15.2).
package struct NewsletterAnswer: Hashable, Sendable {
    package let isYes: Bool
    /// Hash of the question's wording; nil in answers from before it was recorded.
    package let form: TextHash?

    package init(isYes: Bool, form: TextHash?) {
        self.isYes = isYes
        self.form = form
    }
}

package enum ConsentEventName: String, AccountStreamEventName {
    case policyAccepted = "accounts.policy-accepted"
    case termsAccepted = "accounts.terms-accepted"
    case given = "accounts.consent-given"
    case withdrawn = "accounts.consent-withdrawn"
    case newsletterAnswered = "accounts.newsletter-answered"
    case mailChoiceSet = "accounts.mail-choice-set"

    package var schema: Int {
        switch self {
        // v1 held the answer alone. Consent to advertising must be provable down to the wording of the question (P-15.2), so v2 adds its
        // hash. v1 was never written by a released site; its fixture must stay readable all the same.
        case .newsletterAnswered: 2
        case .policyAccepted, .termsAccepted, .given, .withdrawn, .mailChoiceSet: 1
        }
    }
}

extension ConsentEvent: NamedEvent {
    package func encoded() -> NewEvent {
        switch self {
        case .policyAccepted(let acceptance): event(.policyAccepted, acceptance)
        case .termsAccepted(let acceptance): event(.termsAccepted, acceptance)
        case .given(let purpose, let form):
            event(.given) {
                $0.write(.form, form)
                $0.write(.purpose, purpose)
            }
        case .withdrawn(let purpose): event(.withdrawn, .purpose, purpose)
        case .newsletterAnswered(let answer): event(.newsletterAnswered, answer)
        case .mailChoiceSet(let kind, let choice):
            event(.mailChoiceSet) {
                $0.write(.choice, choice)
                $0.write(.kind, kind)
            }
        }
    }

    package init(_ name: ConsentEventName, _ event: RecordedEvent) throws {
        switch name {
        case .policyAccepted: self = .policyAccepted(try event.clear())
        case .termsAccepted: self = .termsAccepted(try event.clear())
        case .given:
            let (form, purpose) = try event.clear(.form, .purpose)
            self = .given(purpose, form: form)
        case .withdrawn: self = .withdrawn(try event.clear(.purpose))
        case .newsletterAnswered: self = .newsletterAnswered(try event.clear())
        case .mailChoiceSet:
            let (choice, kind) = try event.clear(.choice, .kind)
            self = .mailChoiceSet(kind, choice)
        }
    }
}

extension Acceptance: ClearRecord {
    package init<Fields: ClearFields>(_ fields: inout Fields) throws(Fields.Failure) where Fields.Record == Self {
        form = try fields("form", \.form)
        text = try fields("text", \.text)
        version = try fields("version", \.version)
    }
}

extension NewsletterAnswer: ClearRecord {
    package init<Fields: ClearFields>(_ fields: inout Fields) throws(Fields.Failure) where Fields.Record == Self {
        isYes = try fields("answer", \.isYes)
        form = try fields("form", \.form)
    }
}

extension ClearField<TextHash> {
    fileprivate static var form: Self { "form" }
}

extension ClearField<ConsentPurpose> {
    fileprivate static var purpose: Self { "purpose" }
}

extension ClearField<MailKind> {
    fileprivate static var kind: Self { "kind" }
}

extension ClearField<MailChoice> {
    fileprivate static var choice: Self { "choice" }
}
