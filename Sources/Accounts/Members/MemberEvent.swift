package import Events

/// Everything that can happen to a person after signing up; each member has a separate stream. Each part is declared next to the commands
/// that decide it.
package enum MemberEvent: Hashable, Sendable {
    case registration(RegistrationEvent)
    case email(EmailEvent)
    case profile(ProfileEvent)
    case consent(ConsentEvent)
    case password(PasswordEvent)
    case twoFactor(TwoFactorEvent)
    case closing(ClosingEvent)
}

package enum MemberEventName: Hashable {
    case registration(RegistrationEventName)
    case email(EmailEventName)
    case profile(ProfileEventName)
    case consent(ConsentEventName)
    case password(PasswordEventName)
    case twoFactor(TwoFactorEventName)
    case closing(ClosingEventName)
}

extension MemberEventName: AccountStreamEventName {
    package static let allCases: [MemberEventName] =
        RegistrationEventName.allCases.map(registration) + EmailEventName.allCases.map(email)
        + ProfileEventName.allCases.map(profile) + ConsentEventName.allCases.map(consent)
        + PasswordEventName.allCases.map(password) + TwoFactorEventName.allCases.map(twoFactor)
        + ClosingEventName.allCases.map(closing)

    private static let byRawValue = Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue, $0) })

    package init?(rawValue: String) {
        guard let name = MemberEventName.byRawValue[rawValue] else { return nil }
        self = name
    }

    package var rawValue: String {
        switch self {
        case .registration(let name): name.rawValue
        case .email(let name): name.rawValue
        case .profile(let name): name.rawValue
        case .consent(let name): name.rawValue
        case .password(let name): name.rawValue
        case .twoFactor(let name): name.rawValue
        case .closing(let name): name.rawValue
        }
    }

    package var schema: Int {
        switch self {
        case .registration(let name): name.schema
        case .email(let name): name.schema
        case .profile(let name): name.schema
        case .consent(let name): name.schema
        case .password(let name): name.schema
        case .twoFactor(let name): name.schema
        case .closing(let name): name.schema
        }
    }
}

extension MemberEvent: NamedEvent {
    package func encoded() -> NewEvent {
        switch self {
        case .registration(let event): event.encoded()
        case .email(let event): event.encoded()
        case .profile(let event): event.encoded()
        case .consent(let event): event.encoded()
        case .password(let event): event.encoded()
        case .twoFactor(let event): event.encoded()
        case .closing(let event): event.encoded()
        }
    }

    package static func decode(_ event: RecordedEvent) throws -> MemberEvent? {
        try MemberEventName(event).map { try MemberEvent($0, event) }
    }

    package init(_ name: MemberEventName, _ event: RecordedEvent) throws {
        switch name {
        case .registration(let name): self = .registration(try RegistrationEvent(name, event))
        case .email(let name): self = .email(try EmailEvent(name, event))
        case .profile(let name): self = .profile(try ProfileEvent(name, event))
        case .consent(let name): self = .consent(try ConsentEvent(name, event))
        case .password(let name): self = .password(try PasswordEvent(name, event))
        case .twoFactor(let name): self = .twoFactor(try TwoFactorEvent(name, event))
        case .closing(let name): self = .closing(try ClosingEvent(name, event))
        }
    }
}
