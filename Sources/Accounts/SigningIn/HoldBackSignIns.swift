package import Events

/// Records that the sign-in attempts allowed for an account from all networks together are used up. One mail notifies the member (P-08.2).
package struct HoldBackSignIns: Sendable {
    package let time: Instant

    /// Minimum time between two such mails to one owner.
    package static let pause = Period(days: 1)

    package func decide(given state: Member, policies: PolicyCalendar) -> [MemberEvent] {
        guard let account = state.mayBeSignedIn(at: time, policies) else { return [] }
        if let last = account.signInsHeldBackAt, time < last.adding(HoldBackSignIns.pause) { return [] }
        return [.password(.signInsHeldBack)]
    }
}

extension Accounts {
    /// Must not run within a request: a slower answer would reveal whose name was typed.
    package func holdBackSignIns(of member: MemberID, command: CommandID) async throws {
        let policies = try policies()
        try await execute(command, on: StreamName(member), as: Member.self, by: .system) { state, time in
            HoldBackSignIns(time: time).decide(given: state, policies: policies)
        }
    }
}
