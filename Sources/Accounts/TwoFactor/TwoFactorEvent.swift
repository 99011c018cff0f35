package import Events

/// The events of a member's second factor.
package enum TwoFactorEvent: Hashable, Sendable {
    /// `step` is that of the first code, which proved that the app has the secret.
    case enabled(Sealed<TOTPSecret>, step: Int)
    case codesMade(Sealed<RecoveryCodeHashes>)
    /// A code of the app was accepted; codes of that step and earlier ones are no longer accepted.
    case shown(step: Int)
    case codeUsed(number: Int)
    case disabled
    /// Several wrong codes in a short time, after the right password.
    case wrongCodes
    case resetProposed(Sealed<ResetReason>)
    case resetDeclined
    case reset
}

package enum TwoFactorEventName: String, AccountStreamEventName {
    case enabled = "accounts.two-factor-enabled"
    case disabled = "accounts.two-factor-disabled"
    case codesMade = "accounts.recovery-codes-made"
    case codeUsed = "accounts.recovery-code-used"
    case shown = "accounts.second-factor-shown"
    case wrongCodes = "accounts.wrong-codes-noticed"
    case resetProposed = "accounts.two-factor-reset-proposed"
    case resetDeclined = "accounts.two-factor-reset-declined"
    case reset = "accounts.two-factor-reset"
}

extension TwoFactorEvent: NamedEvent {
    package func encoded() -> NewEvent {
        switch self {
        case .enabled(let secret, let step): event(.enabled, sealing: secret.part) { $0.write(.step, step) }
        case .codesMade(let codes): event(.codesMade, sealing: codes.part)
        case .shown(let step): event(.shown, .step, step)
        case .codeUsed(let number): event(.codeUsed, .number, number)
        case .disabled: event(.disabled)
        case .wrongCodes: event(.wrongCodes)
        case .resetProposed(let reason): event(.resetProposed, sealing: reason.part)
        case .resetDeclined: event(.resetDeclined)
        case .reset: event(.reset)
        }
    }

    package init(_ name: TwoFactorEventName, _ event: RecordedEvent) throws {
        switch name {
        case .enabled: self = .enabled(try event.sealed(), step: try event.clear(.step))
        case .codesMade: self = .codesMade(try event.onlySealed())
        case .shown: self = .shown(step: try event.clear(.step))
        case .codeUsed: self = .codeUsed(number: try event.clear(.number))
        case .disabled: self = try event.bare(.disabled)
        case .wrongCodes: self = try event.bare(.wrongCodes)
        case .resetProposed: self = .resetProposed(try event.onlySealed())
        case .resetDeclined: self = try event.bare(.resetDeclined)
        case .reset: self = try event.bare(.reset)
        }
    }
}

extension ClearField<Int> {
    fileprivate static var step: Self { "step" }
    fileprivate static var number: Self { "number" }
}
