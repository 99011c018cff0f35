package import Events

/// The events of a member's e-mail address.
package enum EmailEvent: Hashable, Sendable {
    case given(Sealed<EmailAddress>)
    case changeRequested(Sealed<EmailAddress>)
    /// The requested address is confirmed; the previous one can still be restored.
    case changed
    case changeUndone
    /// The time to undo has run out: the previous address is erased.
    case changeCompleted
}

package enum EmailEventName: String, AccountStreamEventName {
    case given = "accounts.email-given"
    case changeRequested = "accounts.email-change-requested"
    case changed = "accounts.email-changed"
    case changeUndone = "accounts.email-change-undone"
    case changeCompleted = "accounts.email-change-settled"
}

extension EmailEvent: NamedEvent {
    package func encoded() -> NewEvent {
        switch self {
        case .given(let email): event(.given, sealing: email.part)
        case .changeRequested(let email): event(.changeRequested, sealing: email.part)
        case .changed: event(.changed)
        case .changeUndone: event(.changeUndone)
        case .changeCompleted: event(.changeCompleted)
        }
    }

    package init(_ name: EmailEventName, _ event: RecordedEvent) throws {
        switch name {
        case .given: self = .given(try event.onlySealed())
        case .changeRequested: self = .changeRequested(try event.onlySealed())
        case .changed: self = try event.bare(.changed)
        case .changeUndone: self = try event.bare(.changeUndone)
        case .changeCompleted: self = try event.bare(.changeCompleted)
        }
    }
}
