package import Events

/// Appeals against a closing for breach or as a duplicate, or a deactivation, within the policy's time (P-16.4).
package struct MakeAppeal: Sendable {
    let text: Sealed<AppealText>
    let time: Instant

    package func decide(given state: Member, policies: PolicyCalendar) throws(AccountRefusal) -> [MemberEvent] {
        guard state.hasAppealableDecision else { throw .alreadyDecided }
        guard let end = state.appealDeadline(judgedAt: time, policies), time < end else { throw .linkExpired }
        return [.closing(.appealed(text))]
    }
}

/// Rejects an appeal and upholds the decision, with reasons. An appeal is granted by restoring the account.
package struct RejectAppeal: Sendable {
    let reasons: Sealed<StatementOfReasons>

    package func decide(given state: Member) throws(AccountRefusal) -> [MemberEvent] {
        guard case .made = state.appeal else { throw .alreadyDecided }
        return [.closing(.appealRejected(reasons))]
    }
}

extension ClosingCause {
    /// Whether the administration or a rule closed the account against the member's will, with reasons.
    package var isAppealable: Bool {
        switch self {
        case .breach, .duplicate: true
        case .own, .unreturned, .unused: false
        }
    }
}

extension Member {
    /// Whether there is a decision against the member that has not been appealed against.
    fileprivate var hasAppealableDecision: Bool {
        if let closing { return closing.cause.isAppealable && closing.appeal == nil }
        return deactivation.map { $0.appeal == nil } ?? false
    }

    /// Until when the current decision can be appealed against; nil when there is none or an appeal was made.
    package func appealDeadline(judgedAt time: Instant, _ policies: PolicyCalendar) -> Instant? {
        guard hasAppealableDecision, let decided = closing?.at ?? deactivation?.at else { return nil }
        return policies.shortest(from: decided, judgedAt: time) { $0.deadlines.appealWindow }
    }

    package var appeal: Appeal? { closing?.appeal ?? deactivation?.appeal }
}

extension Accounts {
    /// Appeals by the link in the mail that gave the reasons.
    package func appeal(of member: MemberID, _ text: AppealText, command: CommandID) async throws {
        let policies = try policies()
        let text = Sealed(text, .statement, of: member, createdBy: command)
        try await execute(command, on: StreamName(member), as: Member.self, by: .visitor) { state, time in
            try MakeAppeal(text: text, time: time).decide(given: state, policies: policies)
        }
    }

    package func rejectAppeal(
        of member: MemberID, _ reasons: StatementOfReasons, by actor: Actor, command: CommandID
    ) async throws {
        try requireAdministrator(member, actor)
        let reasons = Sealed(reasons, .statement, of: member, createdBy: command)
        try await execute(command, on: StreamName(member), as: Member.self, by: actor) { state, _ in
            try requireOthersDecision(about: member, given: state, than: actor)
            return try RejectAppeal(reasons: reasons).decide(given: state)
        }
    }
}
