package import Events

/// The sex as recorded in the population register.
package enum Sex: String, CaseIterable, Sendable {
    case female, male
}

/// How a member's data are treated: ordinary, or with a protected identity (P-07.1).
package enum IdentityProtection: String, CaseIterable, Sendable {
    case ordinary
    /// Nothing is shown to other members, and nothing is looked up.
    case protected
}

extension Sex: SealedElement {}

extension IdentityProtection: SealedText {
    package static let field = PersonalField.identityProtection
}
