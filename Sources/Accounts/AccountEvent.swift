package import Events

/// All events of this module whose name begins with `accounts.`, by kind of stream. The fold of a stream takes only the events of its kind.
package indirect enum AccountEvent: Hashable, Sendable {
    case policy(PolicyEvent)
    case staff(StaffEvent)
    case signIn(SignInEvent)
    case security(SecurityEvent)
    case member(MemberEvent)
}

package enum AccountEventName: Hashable {
    case policy(PolicyEventName)
    case staff(StaffEventName)
    case signIn(SignInEventName)
    case security(SecurityEventName)
    case member(MemberEventName)
}

extension AccountEventName: WireName {
    package static let prefix = "accounts."

    package static let allCases: [AccountEventName] =
        PolicyEventName.allCases.map(policy) + StaffEventName.allCases.map(staff)
        + SignInEventName.allCases.map(signIn) + SecurityEventName.allCases.map(security)
        + MemberEventName.allCases.map(member)

    private static let byRawValue = Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue, $0) })

    package init?(rawValue: String) {
        guard let name = AccountEventName.byRawValue[rawValue] else { return nil }
        self = name
    }

    package var rawValue: String {
        switch self {
        case .policy(let name): name.rawValue
        case .staff(let name): name.rawValue
        case .signIn(let name): name.rawValue
        case .security(let name): name.rawValue
        case .member(let name): name.rawValue
        }
    }

    package var schema: Int {
        switch self {
        case .policy(let name): name.schema
        case .staff(let name): name.schema
        case .signIn(let name): name.schema
        case .security(let name): name.schema
        case .member(let name): name.schema
        }
    }
}

extension AccountEvent: NamedEvent {
    package func encoded() -> NewEvent {
        switch self {
        case .policy(let event): event.encoded()
        case .staff(let event): event.encoded()
        case .signIn(let event): event.encoded()
        case .security(let event): event.encoded()
        case .member(let event): event.encoded()
        }
    }

    package static func decode(_ event: RecordedEvent) throws -> AccountEvent? {
        try AccountEventName(event).map { try AccountEvent($0, event) }
    }

    package init(_ name: AccountEventName, _ event: RecordedEvent) throws {
        switch name {
        case .policy(let name): self = .policy(try PolicyEvent(name, event))
        case .staff(let name): self = .staff(try StaffEvent(name, event))
        case .signIn(let name): self = .signIn(try SignInEvent(name, event))
        case .security(let name): self = .security(try SecurityEvent(name, event))
        case .member(let name): self = .member(try MemberEvent(name, event))
        }
    }
}

/// The names of the events of one kind of stream, all of which begin with `accounts.`.
package protocol AccountStreamEventName: WireName {}

extension AccountStreamEventName {
    package static var prefix: String { AccountEventName.prefix }
    package static func isElsewhere(_ name: String) -> Bool { AccountEventName(rawValue: name) != nil }
}
