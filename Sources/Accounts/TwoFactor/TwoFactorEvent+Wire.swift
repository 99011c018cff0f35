import Events

extension AccountEvent {
    func encoded(_ change: TwoFactorEvent) -> NewEvent {
        switch change {
        case .enabled(let secret, let step):
            event(.twoFactorEnabled, secret.sealed { $0.text(.twoFactorSecret, $1.base32) }) {
                $0.integer("step", step)
            }
        case .codesMade(let codes): event(.recoveryCodesMade, codes.sealed { $0.text(.recoveryCodes, $1.text) })
        case .shown(let step): event(.secondFactorShown) { $0.integer("step", step) }
        case .codeUsed(let number): event(.recoveryCodeUsed) { $0.integer("number", number) }
        case .disabled: event(.twoFactorDisabled)
        case .wrongCodes: event(.wrongCodesNoticed)
        case .resetProposed(let reason):
            event(.twoFactorResetProposed, reason.sealed { $0.text(.resetReason, $1.text) })
        case .resetDeclined: event(.twoFactorResetDeclined)
        case .reset: event(.twoFactorReset)
        }
    }
}

extension AccountEvent {
    /// An event of which nothing is to be said but that it happened.
    static func bare(_ change: TwoFactorEvent, _ event: RecordedEvent) throws -> AccountEvent {
        try event.clear { (_) throws(MalformedEvent) in }
        return .twoFactor(change, at: event.time)
    }
}

extension TwoFactorEvent {
    static func enabled(from event: RecordedEvent) throws -> TwoFactorEvent {
        let step = try event.clear { (json) throws(MalformedEvent) in try json.integer("step") }
        return .enabled(try event.held(.twoFactorSecret, TOTPSecret.init(base32:)), step: step)
    }

    static func codesMade(from event: RecordedEvent) throws -> TwoFactorEvent {
        try event.clear { (_) throws(MalformedEvent) in }
        return .codesMade(try event.held(.recoveryCodes, RecoveryCodeHashes.init))
    }

    static func shown(from event: RecordedEvent) throws -> TwoFactorEvent {
        .shown(step: try event.clear { (json) throws(MalformedEvent) in try json.integer("step") })
    }

    static func codeUsed(from event: RecordedEvent) throws -> TwoFactorEvent {
        .codeUsed(number: try event.clear { (json) throws(MalformedEvent) in try json.integer("number") })
    }

    static func resetProposed(from event: RecordedEvent) throws -> TwoFactorEvent {
        try event.clear { (_) throws(MalformedEvent) in }
        return .resetProposed(try event.held(.resetReason, ResetReason.init(recorded:)))
    }
}
