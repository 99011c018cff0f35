package import Events

/// "My account is compromised": the password stops working, and only a link to the registered address sets another (P-12.2).
package struct ReportCompromise: Sendable {
    let time: Instant

    package func decide(given state: Member) throws(AccountRefusal) -> [AccountEvent] {
        guard state.active != nil else { throw .noSuchMember }
        return [.compromiseReported(at: time)]
    }
}

extension Accounts {
    /// The caller ends the sessions.
    package func reportCompromise(of member: MemberID, by actor: Actor, command: CommandID) async throws {
        try await carryOut(
            command, on: StreamName(member), as: Member.self, by: actor,
            erasing: { [$0.account?.password?.subject, $0.account?.emailChange?.unconfirmed?.subject] }
        ) { state, time in try ReportCompromise(time: time).decide(given: state) }
    }
}
