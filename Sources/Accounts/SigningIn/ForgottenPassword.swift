package import Events

/// Opens a password reset, for the period in the policy.
package struct RequestPasswordReset: Sendable {
    package let time: Instant

    /// No events unless the account can be signed in to.
    package func decide(given state: Member, policies: PolicyCalendar) -> [MemberEvent] {
        state.mayBeSignedIn(at: time, policies) == nil ? [] : [.password(.resetRequested)]
    }
}

extension Accounts {
    /// Takes the same time whether or not the address is a member's; the page gives the same answer too.
    /// - Returns: the member to whom the caller mails a link, if any.
    package func requestPasswordReset(email: EmailAddress, command: CommandID) async throws -> MemberID? {
        let end = ContinuousClock.now + uniformDelay
        let member = try await openReset(email, command)
        try await Task.sleep(until: end)
        return member
    }

    private func openReset(_ email: EmailAddress, _ command: CommandID) async throws -> MemberID? {
        guard let member = try log.holder(of: email.claim)?.id(MemberKind.self) else { return nil }
        let policies = try policies()
        let outcome = try await execute(command, on: StreamName(member), as: Member.self, by: .visitor) {
            state, time in
            RequestPasswordReset(time: time).decide(given: state, policies: policies)
        }
        return outcome.events.isEmpty ? nil : member
    }
}
