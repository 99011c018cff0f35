package import Events

/// Changes to a member other than of e-mail address, password and consents.
package enum ProfileEvent: Hashable, Sendable {
    case municipalityDeclared(Sealed<Municipality>)
    case municipalityWithdrawn
    case usernameChanged(Sealed<Username>)
    case identityProtectionSet(Sealed<IdentityProtection>)
    case identityCorrected(Sealed<Identity>)
}

package enum ProfileEventName: String, AccountStreamEventName {
    case municipalityDeclared = "accounts.municipality-declared"
    case municipalityWithdrawn = "accounts.municipality-withdrawn"
    case usernameChanged = "accounts.username-changed"
    case identityProtectionSet = "accounts.handling-set"
    case identityCorrected = "accounts.identity-corrected"
}

extension ProfileEvent: NamedEvent {
    package func encoded() -> NewEvent {
        switch self {
        case .municipalityDeclared(let municipality): event(.municipalityDeclared, sealing: municipality.part)
        case .municipalityWithdrawn: event(.municipalityWithdrawn)
        case .usernameChanged(let username): event(.usernameChanged, sealing: username.part)
        case .identityProtectionSet(let protection): event(.identityProtectionSet, sealing: protection.part)
        case .identityCorrected(let identity): event(.identityCorrected, sealing: identity.part)
        }
    }

    package init(_ name: ProfileEventName, _ event: RecordedEvent) throws {
        switch name {
        case .municipalityDeclared: self = .municipalityDeclared(try event.onlySealed())
        case .municipalityWithdrawn: self = try event.bare(.municipalityWithdrawn)
        case .usernameChanged: self = .usernameChanged(try event.onlySealed())
        case .identityProtectionSet: self = .identityProtectionSet(try event.onlySealed())
        case .identityCorrected: self = .identityCorrected(try event.onlySealed())
        }
    }
}
