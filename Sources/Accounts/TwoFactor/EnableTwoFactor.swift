package import Events

/// Enables two-factor sign-in, once a code has proved that the app has the secret.
package struct EnableTwoFactor: Sendable {
    let member: MemberID
    let secret: TOTPSecret
    let codes: RecoveryCodeHashes
    let first: EnteredCode?
    let command: CommandID
    let time: Instant

    package func decide(given state: Member) throws(AccountRefusal) -> [MemberEvent] {
        guard let account = state.active else { throw .noSuchMember }
        guard account.twoFactor == nil else { throw .twoFactorOn }
        guard case .app(let code)? = first, let step = secret.step(of: code, at: time, after: 0) else {
            throw .wrongCode
        }
        let sealed = Sealed(secret, .credential, of: member, createdBy: command)
        return [
            .twoFactor(.enabled(sealed, step: step)),
            .twoFactor(.codesMade(.recovery(codes, of: member, createdBy: command))),
        ]
    }
}

/// Makes new recovery codes; the earlier ones stop working.
package struct RenewRecoveryCodes: Sendable {
    let member: MemberID
    let codes: RecoveryCodeHashes
    let command: CommandID

    package func decide(given state: Member) throws(AccountRefusal) -> [MemberEvent] {
        guard let account = state.active else { throw .noSuchMember }
        guard account.twoFactor != nil else { throw .twoFactorOff }
        return [.twoFactor(.codesMade(.recovery(codes, of: member, createdBy: command)))]
    }
}

/// Disables two-factor sign-in. The caller must have checked a new code.
package struct DisableTwoFactor: Sendable {
    package func decide(given state: Member) throws(AccountRefusal) -> [MemberEvent] {
        guard let account = state.active else { throw .noSuchMember }
        return account.twoFactor == nil ? [] : [.twoFactor(.disabled)]
    }
}

extension Sealed<RecoveryCodeHashes> {
    /// Uses a subject separate from the secret's, so that each can be erased alone.
    fileprivate static func recovery(
        _ codes: RecoveryCodeHashes, of member: MemberID, createdBy command: CommandID
    ) -> Self {
        Self(.known(codes), under: Subject(.credential, createdBy: command, as: "recovery"), of: Owner(member))
    }
}

extension Accounts {
    /// - Returns: the recovery codes, which nothing can show again.
    /// - Throws: `AccountRefusal.wrongCode`, `twoFactorOn`, `noSuchMember`.
    package func enableTwoFactor(
        of member: MemberID, with secret: TOTPSecret, first: EnteredCode?, command: CommandID
    ) async throws -> RecoveryCodes {
        let (codes, hashes) = Accounts.freshCodes()
        try await execute(command, on: StreamName(member), as: Member.self, by: .member(member)) { state, time in
            try EnableTwoFactor(
                member: member, secret: secret, codes: hashes, first: first, command: command, time: time
            ).decide(given: state)
        }
        return codes
    }

    /// - Returns: nil when the command was executed before: the codes made then are the ones stored, and nothing can show them again.
    /// - Throws: `AccountRefusal.twoFactorOff`, `noSuchMember`.
    package func renewRecoveryCodes(of member: MemberID, command: CommandID) async throws -> RecoveryCodes? {
        let (codes, hashes) = Accounts.freshCodes()
        try await execute(
            command, on: StreamName(member), as: Member.self, by: .member(member),
            erasing: { [$0.account?.twoFactor?.codes?.subject] }
        ) { state, _ in
            // Deciding again would also choose the new codes as those to erase.
            guard try !log.holds(command) else { return [] }
            return try RenewRecoveryCodes(member: member, codes: hashes, command: command).decide(given: state)
        }
        return try self.member(member).active?.twoFactor?.codes?.value.value == hashes ? codes : nil
    }

    package func disableTwoFactor(of member: MemberID, command: CommandID) async throws {
        try await execute(
            command, on: StreamName(member), as: Member.self, by: .member(member),
            erasing: { $0.account?.twoFactor?.subjects ?? [] }
        ) { state, _ in try DisableTwoFactor().decide(given: state) }
    }

    private static func freshCodes() -> (RecoveryCodes, RecoveryCodeHashes) {
        var generator = SystemRandomNumberGenerator()
        let codes = RecoveryCodes(using: &generator)
        return (codes, codes.hashed(with: (0..<16).map { _ in UInt8.random(in: 0...255, using: &generator) }))
    }
}
