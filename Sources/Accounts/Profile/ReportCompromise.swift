package import Events

/// "My account is compromised": the password stops working, and only a link to the registered address sets another (P-12.2).
package struct ReportCompromise: Sendable {
    package func decide(given state: Member) throws(AccountRefusal) -> [MemberEvent] {
        guard state.active != nil else { throw .noSuchMember }
        return [.password(.compromiseReported)]
    }
}

extension Accounts {
    /// Does not end the member's sessions; the caller does.
    package func reportCompromise(of member: MemberID, by actor: Actor, command: CommandID) async throws {
        try await execute(
            command, on: StreamName(member), as: Member.self, by: actor,
            erasing: { [$0.account?.password?.subject, $0.account?.emailChange?.unconfirmed?.subject] }
        ) { state, _ in try ReportCompromise().decide(given: state) }
    }
}
