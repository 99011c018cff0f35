package import Events

/// Asks for another e-mail address. Nothing changes, and nothing is reserved, until the new one is confirmed (P-12.4).
package struct RequestEmailChange: Sendable {
    package let email: EmailAddress
    package let member: MemberID
    let command: CommandID
    let time: Instant

    package func decide(given state: Member, policies: PolicyCalendar) throws(AccountRefusal) -> [MemberEvent] {
        guard let account = state.active else { throw .noSuchMember }
        if let until = account.undoDeadline(judgedAt: time, policies) { throw .emailChangeOpen(until: until) }
        guard account.email?.value.value?.text != email.text else { return [] }
        return [.email(.changeRequested(Sealed(email, .email, of: member, createdBy: command)))]
    }
}

/// Confirms a new address by the link mailed to it. The old one stays claimed until the time to undo has run out (P-12.2).
package struct ConfirmEmailChange: Sendable {
    package let linkMadeAt: Instant
    let time: Instant

    package func decide(given state: Member, policies: PolicyCalendar) throws(AccountRefusal) -> [MemberEvent] {
        guard let account = state.active, let change = account.emailChange, change.requestedAt <= linkMadeAt,
            let link = policies.deadline(from: linkMadeAt, judgedAt: time, \.confirmationLink), time < link
        else { throw .linkExpired }
        guard !change.isConfirmed else { return [] }
        // An even earlier address that the hourly jobs have not yet released.
        return (account.previousEmail == nil ? [] : [.email(.changeCompleted)]) + [.email(.changed)]
    }
}

/// Reverts to the old address, by the link that was sent there. It locks out an intruder: every session ends, and a new password is needed
/// (P-12.2).
package struct UndoEmailChange: Sendable {
    let time: Instant

    package func decide(given state: Member, policies: PolicyCalendar) throws(AccountRefusal) -> [MemberEvent] {
        guard let account = state.account, account.undoDeadline(judgedAt: time, policies) != nil else {
            throw .linkExpired
        }
        switch state {
        // An intruder who closed the account knows its password: it must not work after restoring.
        case .active, .closed, .deactivated: return [.email(.changeUndone), .password(.compromiseReported)]
        case .nobody, .unconfirmed, .awaitingReview, .rejected, .lapsed, .purged: throw .linkExpired
        }
    }
}

/// Releases the old address when the change can no longer be undone.
package struct CompleteEmailChange: Sendable {
    let time: Instant

    package func decide(given state: Member, policies: PolicyCalendar) -> [MemberEvent] {
        guard let account = state.account, account.previousEmail != nil,
            account.undoDeadline(judgedAt: time, policies) == nil
        else { return [] }
        return [.email(.changeCompleted)]
    }
}

extension Account {
    /// Until when the last change of address can be undone; nil when it cannot.
    package func undoDeadline(judgedAt time: Instant, _ policies: PolicyCalendar) -> Instant? {
        guard let previousEmail,
            let end = policies.deadline(from: previousEmail.replacedAt, judgedAt: time, \.emailUndo), time < end
        else { return nil }
        return end
    }
}

extension Accounts {
    /// Does not reveal whether the address is taken: only the mail sent there says so.
    /// - Throws: `AccountRefusal.emailChangeOpen`.
    package func requestEmailChange(of member: MemberID, to email: EmailAddress, command: CommandID) async throws {
        let policies = try policies()
        try await execute(
            command, on: StreamName(member), as: Member.self, by: .member(member),
            erasing: { [$0.account?.emailChange?.unconfirmed?.subject] }
        ) { state, time in
            try RequestEmailChange(email: email, member: member, command: command, time: time)
                .decide(given: state, policies: policies)
        }
    }

    /// - Throws: `AccountRefusal.linkExpired`, and `emailTaken` when another member has confirmed the address since the request.
    package func confirmEmailChange(of member: MemberID, linkMadeAt: Instant, command: CommandID) async throws {
        let policies = try policies()
        do {
            try await execute(
                command, on: StreamName(member), as: Member.self, by: .visitor,
                claiming: { state in
                    guard let account = state.account, let email = account.emailChange?.unconfirmed?.value.value else {
                        return []
                    }
                    let isTakenBack = account.previousEmail?.email.value.value == email
                    return (isTakenBack ? [] : account.release(\.previousEmail?.email, keeping: \.email, of: member))
                        + [.take(email.claim, Owner(member))]
                },
                erasing: { [$0.account?.previousEmail?.email.subject] }
            ) { state, time in
                try ConfirmEmailChange(linkMadeAt: linkMadeAt, time: time).decide(given: state, policies: policies)
            }
        } catch AppendFailure.claimTaken(.email, holder: _) {
            throw AccountRefusal.emailTaken
        }
    }

    /// - Throws: `AccountRefusal.linkExpired`.
    package func undoEmailChange(of member: MemberID, command: CommandID) async throws {
        let policies = try policies()
        try await execute(
            command, on: StreamName(member), as: Member.self, by: .visitor,
            claiming: { $0.account?.release(\.email, keeping: \.previousEmail?.email, of: member) ?? [] },
            erasing: { state in
                [
                    state.account?.email?.subject, state.account?.emailChange?.unconfirmed?.subject,
                    state.account?.password?.subject,
                ]
            }
        ) { state, time in
            try UndoEmailChange(time: time).decide(given: state, policies: policies)
        }
    }

    /// - Returns: whether the old address was erased and released.
    package func completeEmailChange(of member: MemberID) async throws -> Bool {
        let policies = try policies()
        let outcome = try await execute(
            CommandID(at: clock.now()), on: StreamName(member), as: Member.self, by: .system,
            claiming: { $0.account?.release(\.previousEmail?.email, keeping: \.email, of: member) ?? [] },
            erasing: { [$0.account?.previousEmail?.email.subject] }
        ) { state, time in
            CompleteEmailChange(time: time).decide(given: state, policies: policies)
        }
        return !outcome.events.isEmpty
    }
}

extension Account {
    /// Releases an address, unless the one that stays is another spelling of it.
    fileprivate func release(
        _ released: KeyPath<Account, Sealed<EmailAddress>?>, keeping kept: KeyPath<Account, Sealed<EmailAddress>?>,
        of member: MemberID
    ) -> [ClaimChange] {
        guard let address = self[keyPath: released]?.value.value, address != self[keyPath: kept]?.value.value else {
            return []
        }
        return [.release(address.claim, Owner(member))]
    }
}
