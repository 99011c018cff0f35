package import Events

/// Protects an identity (nothing is shown or looked up, and the municipality is erased), or ends the protection (P-07.1).
package struct SetIdentityProtection: Sendable {
    package let protection: IdentityProtection
    package let member: MemberID
    let command: CommandID

    package func decide(given state: Member) throws(AccountRefusal) -> [MemberEvent] {
        guard let account = state.active else { throw .noSuchMember }
        guard (account.identityProtection?.value.value ?? .ordinary) != protection else { return [] }
        let withdrawn = protection == .protected ? account.consents.sorted { $0.rawValue < $1.rawValue } : []
        return withdrawn.map { .consent(.withdrawn($0)) }
            + [
                .profile(
                    .identityProtectionSet(Sealed(protection, .identityProtection, of: member, createdBy: command)))
            ]
    }
}

extension Accounts {
    package func setIdentityProtection(
        of member: MemberID, to protection: IdentityProtection, by actor: Actor, command: CommandID
    )
        async throws
    {
        let set = SetIdentityProtection(protection: protection, member: member, command: command)
        try await execute(
            command, on: StreamName(member), as: Member.self, by: actor,
            erasing: { state in
                [state.account?.identityProtection?.subject]
                    + (protection == .protected ? [state.account?.municipality?.subject] : [])
            }
        ) { state, _ in try set.decide(given: state) }
    }
}
