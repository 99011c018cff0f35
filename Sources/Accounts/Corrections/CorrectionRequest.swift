package import Events

/// A member's request to correct a value that she cannot change herself (P-12.4).
package enum CorrectionRequest: Hashable, Sendable {
    case none
    case requested(Correction)
    /// The value was compared with its proof; the verdict is stored, not the proof (P-08.5).
    case compared(Correction, Sealed<Comparison>)
    case decided(Correction, Sealed<Comparison>, CorrectionDecision)

    package var correction: Correction? {
        switch self {
        case .none: nil
        case .requested(let correction), .compared(let correction, _), .decided(let correction, _, _): correction
        }
    }
}

/// What a member wants corrected.
package struct Correction: Hashable, Sendable {
    package let member: MemberID
    package let field: CorrectedField
    package let wish: Sealed<CorrectionWish>
    package let requestedAt: Instant
}

/// The fields that can be corrected on request.
package enum CorrectedField: String, ClosedCode, CaseIterable {
    case name, sex
    case personalIdentityNumber = "personal-identity-number"
}

/// The value that a member wants, and why.
package struct CorrectionWish: Hashable, Sendable, Redacted {
    package let value: CorrectedValue
    package let grounds: String

    /// Nil when the grounds are longer than 2,000 characters.
    package init?(_ value: CorrectedValue, grounds: String) {
        let grounds = TypedText.visibleLines(grounds) ?? ""
        guard grounds.count <= 2000 else { return nil }
        self.init(recorded: value, grounds: grounds)
    }

    init(recorded value: CorrectedValue, grounds: String) {
        self.value = value
        self.grounds = grounds
    }
}

/// The corrected value of a field.
package enum CorrectedValue: Hashable, Sendable, Redacted {
    case name(PersonName)
    case sex(Sex)
    case personalIdentityNumber(PersonalIdentityNumber)

    package var field: CorrectedField {
        switch self {
        case .name: .name
        case .sex: .sex
        case .personalIdentityNumber: .personalIdentityNumber
        }
    }

    /// The value as a person writes it.
    package var text: String {
        switch self {
        case .name(let name): name.text
        case .sex(let sex): sex.rawValue
        case .personalIdentityNumber(let number): number.twelveDigits
        }
    }
}

/// The result of comparing the requested value with its proof.
package enum Comparison: String, CaseIterable, Sendable {
    /// The population register agrees.
    case registerAgrees = "register-agrees"
    /// A document that was shown agrees.
    case documentAgrees = "document-agrees"
    /// The proof differs.
    case differs
    /// No proof was found.
    case nothingFound = "nothing-found"
}

/// The outcome of a request.
package struct CorrectionDecision: Hashable, Sendable {
    package let isApproved: Bool
    package let reason: Sealed<DecisionReason>
    package let at: Instant
}

/// Why something was approved or rejected, as sent to the member concerned.
package struct DecisionReason: Hashable, Sendable, Redacted {
    package let text: String

    /// Nil when it is empty or longer than 2,000 characters.
    package init?(_ text: String) {
        guard let text = TypedText.visibleLines(text), text.count <= 2000 else { return nil }
        self.init(recorded: text)
    }

    package init(recorded text: String) { self.text = text }
}

extension CorrectionRequest: EventSourced {
    package static var initial: CorrectionRequest { .none }

    package mutating func evolve(_ event: CorrectionEvent, at _: Instant) {
        switch (event, self) {
        case (.requested(let correction), .none): self = .requested(correction)
        case (.compared(let comparison), .requested(let correction)),
            (.compared(let comparison), .compared(let correction, _)):
            self = .compared(correction, comparison)
        case (.decided(let decision), .compared(let correction, let comparison)):
            self = .decided(correction, comparison, decision)
        case (.requested, _), (.compared, _), (.decided, _): break
        }
    }
}

extension DecisionReason: SealedText {
    package static let field = PersonalField.decisionReason
    package var recorded: String { text }
}

extension Comparison: SealedText {
    package static let field = PersonalField.comparison
}
