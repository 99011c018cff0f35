package import Events

/// Sets another password, when its owner has proved to be the one: by the old password, or by a link in a mail.
package struct SetPassword: Sendable {
    package let member: MemberID
    let hash: PasswordHash
    let proof: Proof
    let command: CommandID
    let time: Instant

    enum Proof: Hashable, Sendable {
        /// The hash with which the old password was compared.
        case oldPassword(PasswordHash)
        /// The link that was mailed for one request; nil takes whichever is open.
        case link(requestedAt: Instant?)
    }

    package func decide(given state: Member, policies: PolicyCalendar) throws(AccountRefusal) -> [AccountEvent] {
        let cause: PasswordCause
        switch proof {
        case .oldPassword(let compared):
            guard state.active?.password?.value.value == compared else { throw .wrongPassword }
            cause = .changed
        case .link(let requestedAt):
            // A link from before the last request may have gone to an address that is the member's no more.
            guard let asked = state.mayBeSignedIn(at: time, policies)?.resetRequestedAt, requestedAt ?? asked == asked,
                let deadline = policies.deadline(from: asked, judgedAt: time, \.passwordResetLink), time < deadline
            else { throw .linkExpired }
            cause = .reset
        }
        return [.passwordSet(Held(hash, .credential, of: member, createdBy: command), cause)]
    }
}

extension Accounts {
    /// What a new password of a member must fulfil, by the policy in force (P-12.1).
    package func passwordRules(for member: MemberID) throws -> PasswordRules {
        let account = try self.member(member).account
        return PasswordRules(
            try policyInForce(at: clock.now()).rules,
            names: [account?.identity.value.value?.username.text, account?.email?.value.value?.localPart].compactMap(
                \.self))
    }

    /// - Throws: `AccountRefusal.wrongPassword`, `PasswordHasher.Overloaded`.
    package func changePassword(
        of member: MemberID, from old: EnteredPassword, to new: Password, command: CommandID
    ) async throws {
        let known = try self.member(member).active?.password?.value.value
        guard try await hasher.compare(old, with: known), let known else { throw AccountRefusal.wrongPassword }
        try await setPassword(of: member, to: new, .oldPassword(known), command: command, by: .member(member))
    }

    /// Ends the open reset: its link works once.
    /// - Parameter requestedAt: when the reset was asked for that the link belongs to.
    /// - Throws: `AccountRefusal.linkExpired` when no reset is open, `PasswordHasher.Overloaded`.
    package func resetPassword(
        of member: MemberID, to new: Password, requestedAt: Instant? = nil, command: CommandID
    ) async throws {
        try await setPassword(
            of: member, to: new, .link(requestedAt: requestedAt), command: command, by: .visitor)
    }

    private func setPassword(
        of member: MemberID, to new: Password, _ proof: SetPassword.Proof, command: CommandID, by actor: Actor
    ) async throws {
        let hash = try await hasher.hash(new)
        let policies = try policies()
        try await carryOut(
            command, on: StreamName(member), as: Member.self, by: actor, erasing: { [$0.account?.password?.subject] }
        ) { state, time in
            try SetPassword(member: member, hash: hash, proof: proof, command: command, time: time)
                .decide(given: state, policies: policies)
        }
    }
}
