package import Events

/// Proposes that a member's second factor be removed, because the device and the recovery codes are lost. Nothing changes yet.
package struct ProposeReset: Sendable {
    let member: MemberID
    let reason: ResetReason
    let command: CommandID
    let time: Instant

    package func decide(given state: Member) throws(AccountRefusal) -> [MemberEvent] {
        guard let account = state.account else { throw .noSuchMember }
        guard account.twoFactor != nil else { throw .twoFactorOff }
        guard account.openProposal(at: time) == nil else { throw .alreadyDecided }
        let reason = Sealed(reason, .statement, of: member, createdBy: command)
        return [.twoFactor(.resetProposed(reason))]
    }
}

/// Removes a member's second factor after a proposal: by a second administrator, or by the operator where there is no other. The operator
/// needs no proposal where the member is the only administrator, since no other administrator can make one.
package struct ResetTwoFactor: Sendable {
    let member: MemberID
    let actor: Actor
    /// The author of the open proposal.
    let proposer: Actor?
    let time: Instant

    package func decide(given state: Member, _ staff: Staff) throws(AccountRefusal) -> [MemberEvent] {
        guard let account = state.account else { throw .noSuchMember }
        guard account.twoFactor != nil else { throw .twoFactorOff }
        if account.openProposal(at: time) != nil, let proposer {
            try SecondApproval(of: proposer, about: member).check(actor, given: staff)
        } else {
            let canBeProposed = !staff.members(with: .administrator).subtracting([member]).isEmpty
            guard actor == .operator, !canBeProposed else {
                throw actor == .operator ? .otherAdministratorNeeded : .alreadyDecided
            }
        }
        return [.twoFactor(.reset)]
    }
}

/// Declines a proposal: by an administrator, or by the member, who is notified of it by mail.
package struct DeclineReset: Sendable {
    let time: Instant

    package func decide(given state: Member) -> [MemberEvent] {
        state.account?.openProposal(at: time) == nil ? [] : [.twoFactor(.resetDeclined)]
    }
}

extension Accounts {
    /// - Throws: `AccountRefusal.notAllowed`, `ownMatter`, `noSuchMember`, `twoFactorOff`, `alreadyDecided`.
    package func proposeReset(
        of member: MemberID, _ reason: ResetReason, by administrator: MemberID, command: CommandID
    ) async throws {
        try requireAdministrator(member, .member(administrator))
        try await execute(command, on: StreamName(member), as: Member.self, by: .member(administrator)) {
            state, time in
            try ProposeReset(member: member, reason: reason, command: command, time: time)
                .decide(given: state)
        }
    }

    /// Does not end the member's sessions; the caller does.
    /// - Throws: `AccountRefusal.notAllowed`, `ownMatter`, `sameAdministrator`, `otherAdministratorNeeded`, `noSuchMember`, `twoFactorOff`,
    ///   `alreadyDecided`.
    package func resetTwoFactor(of member: MemberID, by actor: Actor, command: CommandID) async throws {
        try requireAdministrator(member, actor)
        try await execute(
            command, on: StreamName(member), as: Member.self, by: actor,
            erasing: { $0.account?.twoFactor?.subjects ?? [] }
        ) { state, time in
            try ResetTwoFactor(member: member, actor: actor, proposer: proposer(ofReset: member), time: time)
                .decide(given: state, staff())
        }
    }

    /// The author of the latest proposal to reset a member's second factor.
    package func proposer(ofReset member: MemberID) throws -> Actor? {
        try log.events(in: StreamName(member)).last { event in
            if case .twoFactor(.resetProposed) = try MemberEvent.decode(event) { true } else { false }
        }?.actor
    }

    /// - Parameter actor: an administrator, or the member.
    package func declineReset(of member: MemberID, by actor: Actor, command: CommandID) async throws {
        if actor != .member(member) { try requireAdministrator(member, actor) }
        try await execute(command, on: StreamName(member), as: Member.self, by: actor) { state, time in
            DeclineReset(time: time).decide(given: state)
        }
    }
}
