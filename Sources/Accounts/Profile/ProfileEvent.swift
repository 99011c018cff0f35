package import Events

/// Changes to a member other than of e-mail address, password and consents.
package enum ProfileEvent: Hashable, Sendable {
    case municipalityDeclared(Sealed<Municipality>)
    case municipalityWithdrawn
    case usernameChanged(Sealed<Username>)
    case identityProtectionSet(Sealed<IdentityProtection>)
    case identityCorrected(Sealed<Identity>)
    /// The account holds its number from here on, or no longer (P-16.6).
    case numberSet(NumberMove)
    /// Another person has registered with this member's number.
    case numberUsed
}

/// A change of who holds a number: by a correction of it, or to its rightful owner in a case with her identification.
package struct NumberMove: Hashable, Sendable {
    package let standing: NumberStanding
    /// Nil when a correction gave the account another number.
    package let `case`: CaseID?

    package init(_ standing: NumberStanding, in id: CaseID? = nil) {
        self.standing = standing
        self.case = id
    }
}

package enum ProfileEventName: String, AccountStreamEventName {
    case municipalityDeclared = "accounts.municipality-declared"
    case municipalityWithdrawn = "accounts.municipality-withdrawn"
    case usernameChanged = "accounts.username-changed"
    case identityProtectionSet = "accounts.handling-set"
    case identityCorrected = "accounts.identity-corrected"
    case numberSet = "accounts.number-set"
    case numberUsed = "accounts.number-used"
}

extension ProfileEvent: NamedEvent {
    package func encoded() -> NewEvent {
        switch self {
        case .municipalityDeclared(let municipality): event(.municipalityDeclared, sealing: municipality.part)
        case .municipalityWithdrawn: event(.municipalityWithdrawn)
        case .usernameChanged(let username): event(.usernameChanged, sealing: username.part)
        case .identityProtectionSet(let protection): event(.identityProtectionSet, sealing: protection.part)
        case .identityCorrected(let identity): event(.identityCorrected, sealing: identity.part)
        case .numberSet(let move): event(.numberSet, move)
        case .numberUsed: event(.numberUsed)
        }
    }

    package init(_ name: ProfileEventName, _ event: RecordedEvent) throws {
        switch name {
        case .municipalityDeclared: self = .municipalityDeclared(try event.onlySealed())
        case .municipalityWithdrawn: self = try event.bare(.municipalityWithdrawn)
        case .usernameChanged: self = .usernameChanged(try event.onlySealed())
        case .identityProtectionSet: self = .identityProtectionSet(try event.onlySealed())
        case .identityCorrected: self = .identityCorrected(try event.onlySealed())
        case .numberSet: self = .numberSet(try event.clear())
        case .numberUsed: self = try event.bare(.numberUsed)
        }
    }
}

extension NumberMove: ClearRecord {
    package init<Fields: ClearFields>(_ fields: inout Fields) throws(Fields.Failure) where Fields.Record == Self {
        self.case = try fields("case", \.case)
        standing = try fields("number", \.standing)
    }
}
