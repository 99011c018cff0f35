package import Events

/// Closes an account: from the next request on, only the administration can see whose it was (P-16.1, P-16.2).
package struct CloseAccount: Sendable {
    package let member: MemberID
    let decision: ClosingDecision

    package init(_ member: MemberID, _ decision: ClosingDecision) {
        self.member = member
        self.decision = decision
    }

    /// - Parameter suspended: administrators whose account is not active.
    /// - Returns: events for the member's stream, and for the staff's: a member who leaves loses her roles for good.
    package func decide(
        given state: Member, staff: Staff, excluding suspended: Set<MemberID>
    ) throws(AccountRefusal) -> (member: [MemberEvent], staff: [StaffEvent]) {
        switch state {
        case .closed, .purged: return ([], [])
        case .nobody, .unconfirmed, .awaitingReview, .rejected, .lapsed: throw .noSuchMember
        case .active, .deactivated: break
        }
        guard !staff.isLastAdministrator(member, excluding: suspended) else { throw .lastAdministrator }
        let roles = staff.roles(of: member).sorted { $0.rawValue < $1.rawValue }
        return ([.closing(.closed(decision))], roles.map { .roleRevoked($0, member) })
    }
}

/// Changes the choice of what happens to the texts, until a closed account is purged.
package struct ChooseTexts: Sendable {
    package let choice: TextsChoices
    package let marked: [Subject]
    let time: Instant

    package init(_ choice: TextsChoices, marked: [Subject], at time: Instant) {
        self.choice = choice
        self.marked = marked
        self.time = time
    }

    package func decide(given state: Member, policies: PolicyCalendar) throws(AccountRefusal) -> [MemberEvent] {
        guard let closing = state.closing else { throw .nothingToRestore }
        guard closing.isRestorable(judgedAt: time, policies) else { throw .tooLateToRestore }
        guard closing.texts != choice || closing.marked != marked else { return [] }
        return [.closing(.textsChosen(choice, erasing: marked))]
    }
}

extension Accounts {
    /// Closes an account at the member's wish, after she has entered the password again (P-16.1).
    /// - Throws: `AccountRefusal.wrongPassword`, `lastAdministrator`; `PasswordHasher.Overloaded`.
    package func close(
        _ member: MemberID, password: EnteredPassword, texts: TextsChoices, marked: [Subject], command: CommandID
    ) async throws {
        try await reauthenticate(member, with: password)
        let receipt = link(.receipt, to: member, decidedBy: command).hash
        let decision = ClosingDecision(.own, texts: texts, marked: marked, receipt: receipt)
        try await close(member, decision, by: .member(member), command: command)
    }

    /// Closes an account at the request of the member, who has asked the administration.
    /// - Parameter marked: the texts proposed for erasure to members who close the account themselves; she may choose otherwise until the
    ///   purge.
    package func closeOnRequest(
        of member: MemberID, erasing marked: [Subject], by actor: Actor, command: CommandID
    ) async throws {
        try requireAdministrator(member, actor)
        let receipt = link(.receipt, to: member, decidedBy: command).hash
        let decision = ClosingDecision(.own, texts: .anonymise, marked: marked, receipt: receipt)
        try await close(member, decision, by: actor, command: command)
    }

    /// Closes an account for breach, with reasons that are sent to the member (P-16.4).
    package func closeForBreach(
        _ member: MemberID, _ reasons: StatementOfReasons, erasing marked: [Subject], by actor: Actor,
        command: CommandID
    ) async throws {
        try requireAdministrator(member, actor)
        let receipt = link(.receipt, to: member, decidedBy: command).hash
        let reasons = Sealed(reasons, .statement, of: member, createdBy: command)
        let decision = ClosingDecision(
            .breach, texts: .anonymise, marked: marked, receipt: receipt, reasons: reasons)
        try await close(member, decision, by: actor, command: command)
    }

    /// Closes an account by a rule of the policy.
    /// - Parameter isDue: evaluated again on the state at the append, since the member may have returned by then.
    /// - Returns: whether this call closed it.
    func close(
        _ member: MemberID, for cause: ClosingCause, erasing marked: [Subject], by actor: Actor = .system,
        command: CommandID, when isDue: (Member, Instant) -> Bool
    ) async throws -> Bool {
        let receipt = link(.receipt, to: member, decidedBy: command).hash
        let decision = ClosingDecision(cause, texts: .anonymise, marked: marked, receipt: receipt)
        return try await close(member, decision, by: actor, command: command, when: isDue)
    }

    /// - Throws: `AccountRefusal.nothingToRestore`, `tooLateToRestore`.
    package func chooseTexts(
        of member: MemberID, _ choice: TextsChoices, marked: [Subject], command: CommandID
    ) async throws {
        let policies = try policies()
        try await execute(command, on: StreamName(member), as: Member.self, by: .visitor) { state, time in
            try ChooseTexts(choice, marked: marked, at: time).decide(given: state, policies: policies)
        }
    }

    /// Erases in the same transaction the data needed neither for restoring nor for checking new registrations (P-16.5).
    /// - Returns: whether this call closed it.
    @discardableResult
    private func close(
        _ member: MemberID, _ decision: ClosingDecision, by actor: Actor, command: CommandID,
        when isDue: (Member, Instant) -> Bool = { _, _ in true }
    ) async throws -> Bool {
        let dropped = try await log.subjects(of: Owner(member), [.address, .signIn, .register])
        let closed = try await execute(command, by: actor) { time -> ([StreamAppend], Account?) in
            let (state, version) = try log.state(of: StreamName(member), as: Member.self)
            guard isDue(state, time) else { return ([], nil) }
            let (staff, staffVersion) = try log.state(of: Staff.stream, as: Staff.self)
            let decided = try CloseAccount(member, decision).decide(
                given: state, staff: staff, excluding: try suspendedAdministrators(of: staff))
            let streams = [
                StreamAppend(StreamName(member), expected: .exactly(version), decided.member),
                StreamAppend(Staff.stream, expected: .exactly(staffVersion), decided.staff),
            ]
            // The memory of the name outlives the name itself when the account is purged ahead of time.
            let names =
                decided.staff.isEmpty
                ? [] : try givingUpStaffName(of: state, member, excluding: [Staff.stream], command, at: time)
            return (streams + names, decided.member.isEmpty ? nil : state.account)
        } claiming: { account in
            // Kept otherwise, so that the account can be restored.
            decision.cause == .duplicate ? account?.names.map { .release($0, Owner(member)) } ?? [] : []
        } erasing: { account in
            dropped + [account?.emailChange?.unconfirmed?.subject]
        }
        return closed != nil
    }

    /// - Throws: `AccountRefusal.wrongPassword`, `PasswordHasher.Overloaded`.
    package func reauthenticate(_ member: MemberID, with password: EnteredPassword) async throws {
        let known = try self.member(member).active?.password?.value.value
        guard try await hasher.compare(password, with: known) else { throw AccountRefusal.wrongPassword }
    }
}
