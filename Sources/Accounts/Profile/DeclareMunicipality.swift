package import Events

/// Sets the municipality; the previous value is erased (P-12.4).
package struct DeclareMunicipality: Sendable {
    package let municipality: Municipality
    package let member: MemberID
    let command: CommandID

    package func decide(given state: Member) throws(AccountRefusal) -> [MemberEvent] {
        guard let account = state.active else { throw .noSuchMember }
        guard account.identityProtection?.value.value != .protected else { throw .protectedIdentity }
        guard account.municipality?.value.value != municipality else { return [] }
        return [.profile(.municipalityDeclared(Sealed(municipality, .municipality, of: member, createdBy: command)))]
    }
}

extension Accounts {
    package func declareMunicipality(
        of member: MemberID, _ municipality: Municipality, command: CommandID
    ) async throws {
        let declare = DeclareMunicipality(municipality: municipality, member: member, command: command)
        try await execute(
            command, on: StreamName(member), as: Member.self, by: .member(member),
            erasing: { [$0.account?.municipality?.subject] }
        ) { state, _ in try declare.decide(given: state) }
    }
}
