package import Events

/// Suspends an account until a point in time, with reasons that are sent to the member (P-16.4).
package struct DeactivateAccount: Sendable {
    package let member: MemberID
    let decision: DeactivationDecision
    let time: Instant

    package init(_ member: MemberID, _ decision: DeactivationDecision, at time: Instant) {
        self.member = member
        self.decision = decision
        self.time = time
    }

    /// - Parameter suspended: administrators whose account is not active.
    package func decide(
        given state: Member, staff: Staff, excluding suspended: Set<MemberID>
    ) throws(AccountRefusal) -> [MemberEvent] {
        switch state {
        case .active: break
        case .deactivated, .closed, .nobody, .unconfirmed, .awaitingReview, .rejected, .lapsed, .purged:
            throw .noSuchMember
        }
        guard !staff.isLastAdministrator(member, excluding: suspended) else { throw .lastAdministrator }
        guard time < decision.until else { throw .datedInThePast(decision.until.stockholmDate) }
        return [.closing(.deactivated(decision))]
    }
}

/// Returns to an account by signing in, once the suspension has ended.
package struct ReturnFromDeactivation: Sendable {
    let time: Instant

    /// No events during the suspension, or when so much time has passed since that the account counts as closed.
    package func decide(given state: Member, policies: PolicyCalendar) -> [MemberEvent] {
        guard let deactivation = state.deactivation, time >= deactivation.until,
            time < deactivation.countsAsClosed(judgedAt: time, policies)
        else { return [] }
        return [.closing(.returned)]
    }
}

extension Deactivation {
    /// When a deactivated account counts as closed because its member has not returned.
    package func countsAsClosed(judgedAt time: Instant, _ policies: PolicyCalendar) -> Instant {
        policies.shortest(from: until, judgedAt: time) { $0.unreturnedCountsAsClosedAfter } ?? until
    }
}

extension Accounts {
    /// Does not end the member's sessions; the caller does.
    package func deactivate(
        _ member: MemberID, until end: Instant, _ reasons: StatementOfReasons, by actor: Actor, command: CommandID
    ) async throws {
        let reasons = Sealed(reasons, .statement, of: member, createdBy: command)
        try await execute(command, by: actor) { time in
            let (state, version) = try log.state(of: StreamName(member), as: Member.self)
            let (staff, staffVersion) = try log.state(of: Staff.stream, as: Staff.self)
            try maySuspend(member, until: end, given: staff, at: time, actor)
            let decision = DeactivationDecision(until: end, reasons: reasons)
            let events = try DeactivateAccount(member, decision, at: time).decide(
                given: state, staff: staff, excluding: try suspendedAdministrators(of: staff))
            let streams = [
                StreamAppend(StreamName(member), expected: .exactly(version), events),
                StreamAppend(Staff.stream, expected: .exactly(staffVersion), [any DomainEvent]()),
            ]
            return (streams, ())
        }
    }
}
