package import Events

/// Protects an identity (nothing is shown or looked up, and the municipality is erased), or ends the protection (P-07.1).
package struct SetHandling: Sendable {
    package let handling: IdentityProtection
    package let member: MemberID
    let command: CommandID

    package func decide(given state: Member) throws(AccountRefusal) -> [MemberEvent] {
        guard let account = state.active else { throw .noSuchMember }
        guard (account.handling?.value.value ?? .ordinary) != handling else { return [] }
        let withdrawn = handling == .protected ? account.consents.sorted { $0.rawValue < $1.rawValue } : []
        return withdrawn.map { .consent(.withdrawn($0)) }
            + [.profile(.handlingSet(Sealed(handling, .handling, of: member, createdBy: command)))]
    }
}

extension Accounts {
    package func setHandling(of member: MemberID, to handling: IdentityProtection, by actor: Actor, command: CommandID)
        async throws
    {
        let set = SetHandling(handling: handling, member: member, command: command)
        try await execute(
            command, on: StreamName(member), as: Member.self, by: actor,
            erasing: { state in
                [state.account?.handling?.subject]
                    + (handling == .protected ? [state.account?.municipality?.subject] : [])
            }
        ) { state, _ in try set.decide(given: state) }
    }
}
