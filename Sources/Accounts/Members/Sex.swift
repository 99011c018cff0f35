package import Events

/// As the population register has it.
package enum Sex: String, CaseIterable, Sendable {
    case female, male
}

/// How a member's data are handled: as everybody's, or as those of somebody whom nobody may find (P-07.1).
package enum IdentityProtection: String, CaseIterable, Sendable {
    case ordinary
    /// Nothing is shown to other members, and nothing is looked up.
    case protected
}

extension Sex: SealedElement {}

extension IdentityProtection: SealedText {
    package static let field = PersonalField.handling
}
