package import Events

/// Sets another password, once the member has proved her identity by the old password or by a link in a mail.
package struct SetPassword: Sendable {
    package let member: MemberID
    let hash: PasswordHash
    let proof: Proof
    let command: CommandID
    let time: Instant

    enum Proof: Hashable, Sendable {
        /// The hash with which the old password was compared.
        case oldPassword(PasswordHash)
        /// The link that was mailed for one request; nil means the latest.
        case link(requestedAt: Instant?)
    }

    package func decide(given state: Member, policies: PolicyCalendar) throws(AccountRefusal) -> [MemberEvent] {
        let cause: PasswordCause
        switch proof {
        case .oldPassword(let compared):
            guard state.active?.password?.value.value == compared else { throw .wrongPassword }
            cause = .changed
        case .link(let requestedAt):
            guard let account = state.mayBeSignedIn(at: time, policies),
                account.resetDeadline(ofLinkAskedAt: requestedAt, judgedAt: time, policies) != nil
            else { throw .linkExpired }
            cause = .reset
        }
        return [.password(.set(Sealed(hash, .credential, of: member, createdBy: command), cause))]
    }
}

extension Accounts {
    /// The requirements on a member's new password, by the policy in force (P-12.1).
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

    /// Whether a password reset link still works.
    package func isResetOpen(of member: MemberID, requestedAt: Instant?) throws -> Bool {
        let (time, policies) = (clock.now(), try policies())
        return try self.member(member).mayBeSignedIn(at: time, policies)?
            .resetDeadline(ofLinkAskedAt: requestedAt, judgedAt: time, policies) != nil
    }

    /// Sets a new password and voids every open reset link, including the one that was followed.
    /// - Parameter requestedAt: when the reset that the link belongs to was requested.
    /// - Throws: `AccountRefusal.linkExpired` when that link is void, `PasswordHasher.Overloaded`.
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
        try await execute(
            command, on: StreamName(member), as: Member.self, by: actor, erasing: { [$0.account?.password?.subject] }
        ) { state, time in
            try SetPassword(member: member, hash: hash, proof: proof, command: command, time: time)
                .decide(given: state, policies: policies)
        }
    }
}

extension Account {
    /// The latest request whose link still works, unless expired.
    package var resetRequestedAt: Instant? { resetRequests?.upperBound }

    /// Until when the link for a request works; nil when it does not.
    ///
    /// A later request does not void an earlier one, since strangers can make requests.
    package func resetDeadline(
        ofLinkAskedAt requestedAt: Instant?, judgedAt time: Instant, _ policies: PolicyCalendar
    ) -> Instant? {
        guard let open = resetRequests, let asked = requestedAt ?? resetRequestedAt, open.contains(asked),
            let end = policies.deadline(from: asked, judgedAt: time, \.passwordResetLink), time < end
        else { return nil }
        return end
    }
}
