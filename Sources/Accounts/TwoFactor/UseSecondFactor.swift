package import Events

/// Uses a code of the app or a recovery code. Each works once: the appended event makes every process refuse it from then on.
package struct UseSecondFactor: Sendable {
    let code: EnteredCode
    let time: Instant

    package func decide(given account: Account) throws(AccountRefusal) -> [MemberEvent] {
        guard let factor = account.twoFactor else { throw .twoFactorOff }
        switch code {
        case .app(let typed):
            guard let step = factor.secret.value.value?.step(of: typed, at: time, after: factor.lastStep) else {
                throw .wrongCode
            }
            return [.twoFactor(.shown(step: step))]
        case .recovery(let typed):
            guard let number = factor.codes?.value.value?.number(of: typed), !factor.usedCodes.contains(number) else {
                throw .wrongCode
            }
            return [.twoFactor(.codeUsed(number: number))]
        }
    }
}

/// Records that someone who has the password tries codes; the member gets at most one mail a day.
package struct NoteWrongCodes: Sendable {
    let time: Instant

    package func decide(given state: Member) -> [MemberEvent] {
        guard let account = state.account, account.twoFactor != nil,
            account.wrongCodesAt.map({ time >= $0.adding(Period(days: 1)) }) ?? true
        else { return [] }
        return [.twoFactor(.wrongCodes)]
    }
}

extension Accounts {
    /// Uses a code of a signed-in member.
    /// - Throws: `AccountRefusal.wrongCode`, `twoFactorOff`, `noSuchMember`.
    package func useSecondFactor(of member: MemberID, _ code: EnteredCode, command: CommandID) async throws {
        try await execute(command, on: StreamName(member), as: Member.self, by: .member(member)) { state, time in
            guard let account = state.active else { throw AccountRefusal.noSuchMember }
            return try UseSecondFactor(code: code, time: time).decide(given: account)
        }
    }

    package func noteWrongCodes(for member: MemberID, command: CommandID) async throws {
        try await execute(command, on: StreamName(member), as: Member.self, by: .visitor) { state, time in
            NoteWrongCodes(time: time).decide(given: state)
        }
    }

    /// Finishes a sign-in after the right password: opens the session in the same transaction as the use of the code.
    /// - Parameter password: the subject of the compared password; if it has been replaced since, the sign-in is refused and must be
    ///   started again.
    /// - Returns: never `codeNeeded`.
    package func finishSignIn(
        of member: MemberID, password: Subject, with code: EnteredCode, from origin: SignInOrigin, command: CommandID
    ) async throws -> SignInResult {
        let policies = try policies()
        return try await openSession(command, of: member) { time in
            let (state, version) = try log.state(of: StreamName(member), as: Member.self)
            guard let account = state.mayBeSignedIn(at: time, policies), account.password?.subject == password,
                let used = try? UseSecondFactor(code: code, time: time).decide(given: account)
            else { return .refused }
            let returning = ReturnFromDeactivation(time: time).decide(given: state, policies: policies)
            let opening = SessionOpening(member, at: version, returning + used, origin, rehashed: nil, command)
            return SignInStep(.signedIn(member, opening.session), opening.streams)
        }
    }
}
