package import Events

/// Opens a reset of the password, for as long as the policy says.
package struct RequestPasswordReset: Sendable {
    package let time: Instant

    /// Nothing but for an account that can be signed in to.
    package func decide(given state: Member, policies: PolicyCalendar) -> [MemberEvent] {
        state.mayBeSignedIn(at: time, policies) == nil ? [] : [.password(.resetRequested)]
    }
}

extension Accounts {
    /// Takes the same time whether or not the address is a member's; the page says the same, too.
    /// - Returns: whom the caller mails a link, if anybody.
    package func requestPasswordReset(email: EmailAddress, command: CommandID) async throws -> MemberID? {
        let end = ContinuousClock.now + uniformDelay
        let member = try await openReset(email, command)
        try await Task.sleep(until: end)
        return member
    }

    private func openReset(_ email: EmailAddress, _ command: CommandID) async throws -> MemberID? {
        guard let member = try log.holder(of: email.claim).flatMap(MemberID.init) else { return nil }
        let policies = try policies()
        let outcome = try await execute(command, on: StreamName(member), as: Member.self, by: .visitor) {
            state, time in
            RequestPasswordReset(time: time).decide(given: state, policies: policies)
        }
        return outcome.events.isEmpty ? nil : member
    }
}
