package import Events

/// Ends a sign-up that was not confirmed, not reviewed in time or turned down, when its time has run out (P-06.1).
package struct LapseSignUp: Sendable {
    package let time: Instant

    /// No events before the deadline, or for a member.
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
    /// - Returns: whether this call erased the sign-up, as far as no legal hold defers it.
    package func lapse(_ member: MemberID) async throws -> Bool {
        let time = clock.now()
        let policies = try policies()
        try await execute(CommandID(at: time), on: StreamName(member), as: Member.self, by: .system) { state, time in
            LapseSignUp(time: time).decide(given: state, policies: policies)
        }
        guard case .lapsed(let account) = try self.member(member) else { return false }
        // Crash window: the command id is the same each time, so a retry finishes a lapse that stopped before its erasure.
        let command = CommandID(named: "lapse \(member)", at: account.signedUpAt)
        return try await !log.erase(
            ErasureRequest(fence: FenceID(createdBy: command), .owner(Owner(member))), command: command, by: .system,
            at: time
        ).isRepetition
    }
}
