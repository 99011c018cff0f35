package import Events

/// The events of a member's password, and of attempts to guess it.
package enum PasswordEvent: Hashable, Sendable {
    case set(Sealed<PasswordHash>, PasswordCause)
    case resetRequested
    case compromiseReported
    /// The attempts allowed from all networks together are used up: only known devices are let in for a while (P-08.2).
    case signInsHeldBack
}

/// How the current password was set.
package enum PasswordCause: String, ClosedCode, CaseIterable {
    case chosen, changed, reset
    /// The same password under a slower hash.
    case rehashed
}

package enum PasswordEventName: String, AccountStreamEventName {
    case set = "accounts.password-set"
    case resetRequested = "accounts.password-reset-requested"
    case compromiseReported = "accounts.compromise-reported"
    case signInsHeldBack = "accounts.sign-ins-held-back"
}

extension PasswordEvent: NamedEvent {
    package func encoded() -> NewEvent {
        switch self {
        case .set(let hash, let cause): event(.set, sealing: hash.part) { $0.write(.cause, cause) }
        case .resetRequested: event(.resetRequested)
        case .compromiseReported: event(.compromiseReported)
        case .signInsHeldBack: event(.signInsHeldBack)
        }
    }

    package init(_ name: PasswordEventName, _ event: RecordedEvent) throws {
        switch name {
        case .set: self = .set(try event.sealed(), try event.clear(.cause))
        case .resetRequested: self = try event.bare(.resetRequested)
        case .compromiseReported: self = try event.bare(.compromiseReported)
        case .signInsHeldBack: self = try event.bare(.signInsHeldBack)
        }
    }
}

extension ClearField<PasswordCause> {
    fileprivate static var cause: Self { "cause" }
}
