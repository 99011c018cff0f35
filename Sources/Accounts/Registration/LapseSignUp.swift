package import Events

/// Ends a sign-up that nobody confirmed, that nobody found time to review, or that was turned down, when its time has run out (P-06.1).
package struct LapseSignUp: Sendable {
    package let time: Instant

    /// Nothing before the deadline, and nothing for a member.
    package func decide(given state: Member, policies: PolicyCalendar) -> [MemberEvent] {
        let deadline: Instant? =
            switch state {
            case .unconfirmed(let account):
                policies.deadline(from: account.signedUpAt, judgedAt: time, \.unconfirmedSignUp)
            case .awaitingReview(_, _, since: let since):
                policies.deadline(from: since, judgedAt: time, \.pendingRegistration)
            case .rejected(_, since: let since):
                policies.deadline(from: since, judgedAt: time, \.unconfirmedSignUp)
            case .nobody, .active, .deactivated, .closed, .lapsed, .purged: nil
            }
        guard let deadline, time >= deadline else { return [] }
        return [.registration(.signUpLapsed)]
    }
}

extension Accounts {
    /// - Returns: whether everything about the sign-up is erased. False while it may still be confirmed, and for members.
    package func lapse(_ member: MemberID) async throws -> Bool {
        let time = clock.now()
        let policies = try policies()
        try await execute(CommandID(at: time), on: StreamName(member), as: Member.self, by: .system) { state, time in
            LapseSignUp(time: time).decide(given: state, policies: policies)
        }
        guard case .lapsed(let account) = try self.member(member) else { return false }
        // The same command each time: a lapse that was killed before its erasure finishes when it is tried again.
        let command = CommandID(named: "lapse \(member)", at: account.signedUpAt)
        _ = try await log.erase(
            Erasure(fence: FenceID(createdBy: command), .owner(Owner(member))), command: command, by: .system, at: time)
        return true
    }
}
