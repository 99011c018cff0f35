package import Events

/// Closes an account: from the next request on nobody but the administration sees whose it was (P-16.1, P-16.2).
package struct CloseAccount: Sendable {
    package let member: MemberID
    let closing: Closing

    package init(_ member: MemberID, _ closing: Closing) {
        self.member = member
        self.closing = closing
    }

    /// - Returns: what happens to the member, and to the staff: whoever leaves has no role to come back to.
    package func decide(
        given state: Member, staff: Staff
    ) throws(AccountRefusal) -> (member: [AccountEvent], staff: [AccountEvent]) {
        switch state {
        case .closed, .purged: return ([], [])
        case .nobody, .unconfirmed, .awaitingReview, .rejected, .lapsed: throw .noSuchMember
        case .active, .deactivated: break
        }
        guard staff.members(with: .administrator) != [member] else { throw .lastAdministrator }
        let roles = staff.roles(of: member).sorted { $0.rawValue < $1.rawValue }
        return ([.closed(closing)], roles.map { .roleRevoked($0, member) })
    }
}

/// Chooses anew what becomes of the texts, as long as the account is closed and not yet purged.
package struct ChooseTexts: Sendable {
    package let choice: TextsChoice
    package let marked: [Subject]
    let time: Instant

    package init(_ choice: TextsChoice, marked: [Subject], at time: Instant) {
        self.choice = choice
        self.marked = marked
        self.time = time
    }

    package func decide(given state: Member, policies: PolicyCalendar) throws(AccountRefusal) -> [AccountEvent] {
        guard let closing = state.closing else { throw .nothingToRestore }
        guard closing.isRestorable(judgedAt: time, policies) else { throw .tooLateToRestore }
        guard closing.texts != choice || closing.marked != marked else { return [] }
        return [.textsChosen(choice, erasing: marked)]
    }
}

extension Accounts {
    /// Closes an account on its owner's wish, after the password was entered once more (P-16.1).
    /// - Throws: `AccountRefusal.wrongPassword`, `lastAdministrator`; `PasswordHasher.Overloaded`.
    package func close(
        _ member: MemberID, password: EnteredPassword, texts: TextsChoice, marked: [Subject], command: CommandID
    ) async throws {
        try await reauthenticate(member, with: password)
        let receipt = link(.receipt, to: member, decidedBy: command).hash
        try await close(member, by: .member(member), command: command) { time in
            Closing(.own, texts: texts, marked: marked, receipt: receipt, at: time)
        }
    }

    /// Closes an account for its owner, who has asked the administration to.
    /// - Parameter marked: what is proposed to owners who close it themselves, who may choose otherwise until the purge.
    package func closeOnRequest(
        of member: MemberID, erasing marked: [Subject], by actor: Actor, command: CommandID
    ) async throws {
        try mayJudge(member, actor)
        let receipt = link(.receipt, to: member, decidedBy: command).hash
        try await close(member, by: actor, command: command) { time in
            Closing(.own, texts: .anonymise, marked: marked, receipt: receipt, at: time)
        }
    }

    /// Closes an account for breach, with reasons that its owner is told (P-16.4).
    package func closeForBreach(
        _ member: MemberID, _ reasons: StatementOfReasons, erasing marked: [Subject], by actor: Actor,
        command: CommandID
    ) async throws {
        try mayJudge(member, actor)
        let receipt = link(.receipt, to: member, decidedBy: command).hash
        let reasons = Held(reasons, .statement, of: member, createdBy: command)
        try await close(member, by: actor, command: command) { time in
            Closing(.breach, texts: .anonymise, marked: marked, receipt: receipt, at: time, reasons: reasons)
        }
    }

    /// Closes an account by a rule of the policy, when nobody has come back to it.
    func close(
        _ member: MemberID, for cause: ClosingCause, erasing marked: [Subject], command: CommandID
    ) async throws {
        let receipt = link(.receipt, to: member, decidedBy: command).hash
        try await close(member, by: .system, command: command) { time in
            Closing(cause, texts: .anonymise, marked: marked, receipt: receipt, at: time)
        }
    }

    /// - Throws: `AccountRefusal.nothingToRestore`, `tooLateToRestore`.
    package func chooseTexts(
        of member: MemberID, _ choice: TextsChoice, marked: [Subject], command: CommandID
    ) async throws {
        let policies = try policies()
        try await carryOut(command, on: StreamName(member), as: Member.self, by: .visitor) { state, time in
            try ChooseTexts(choice, marked: marked, at: time).decide(given: state, policies: policies)
        }
    }

    /// What neither restoring nor checking new registrations needs is erased in the same step (P-16.5).
    private func close(
        _ member: MemberID, by actor: Actor, command: CommandID, _ closing: (Instant) -> Closing
    ) async throws {
        let dropped = try await log.subjects(of: Owner(member), [.address, .signIn, .register])
        try await carryOut(command, by: actor) { time in
            let (state, version) = try log.state(of: StreamName(member), as: Member.self)
            let (staff, staffVersion) = try log.state(of: Staff.stream, as: Staff.self)
            let decided = try CloseAccount(member, closing(time)).decide(given: state, staff: staff)
            let streams = [
                StreamAppend(StreamName(member), expected: .exactly(version), decided.member),
                StreamAppend(Staff.stream, expected: .exactly(staffVersion), decided.staff),
            ]
            return (streams, state.account)
        } erasing: { account in
            dropped + [account?.emailChange?.unconfirmed?.subject]
        }
    }

    /// - Throws: `AccountRefusal.wrongPassword`, `PasswordHasher.Overloaded`.
    package func reauthenticate(_ member: MemberID, with password: EnteredPassword) async throws {
        let known = try self.member(member).active?.password?.value.value
        guard try await hasher.compare(password, with: known) else { throw AccountRefusal.wrongPassword }
    }

    /// Administrators decide about others' accounts, never about their own.
    func mayJudge(_ member: MemberID, _ actor: Actor) throws {
        guard try staff().mayAdminister(actor) else { throw AccountRefusal.notAllowed }
        guard actor != .member(member) else { throw AccountRefusal.ownMatter }
    }
}
