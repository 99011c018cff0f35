package import Events

/// Opens a reset of the password, for as long as the policy says.
package struct RequestPasswordReset: Sendable {
    package let time: Instant

    package func decide(given state: Member) -> [AccountEvent] {
        state.active == nil ? [] : [.passwordResetRequested(at: time)]
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
        return try await retryingConflicts {
            let time = clock.now()
            let (state, version) = try log.state(of: StreamName(member), as: Member.self)
            let events = RequestPasswordReset(time: time).decide(given: state)
            try await append(events, to: StreamName(member), at: version, command: command, by: .visitor, time: time)
            return events.isEmpty ? nil : member
        }
    }
}
