package import Events

/// Sets the municipality, or takes it away; the previous value is erased (P-12.4).
package struct DeclareMunicipality: Sendable {
    /// Nil to take it away.
    package let municipality: Municipality?
    package let member: MemberID
    let command: CommandID

    package func decide(given state: Member) throws(AccountRefusal) -> [MemberEvent] {
        guard let account = state.active else { throw .noSuchMember }
        guard let municipality else { return account.municipality == nil ? [] : [.profile(.municipalityWithdrawn)] }
        guard account.identityProtection?.value.value != .protected else { throw .protectedIdentity }
        guard account.municipality?.value.value != municipality else { return [] }
        return [.profile(.municipalityDeclared(Sealed(municipality, .municipality, of: member, createdBy: command)))]
    }
}

extension Accounts {
    package func declareMunicipality(
        of member: MemberID, _ municipality: Municipality, command: CommandID
    ) async throws {
        try await execute(DeclareMunicipality(municipality: municipality, member: member, command: command))
    }

    package func withdrawMunicipality(of member: MemberID, command: CommandID) async throws {
        try await execute(DeclareMunicipality(municipality: nil, member: member, command: command))
    }

    private func execute(_ declare: DeclareMunicipality) async throws {
        try await execute(
            declare.command, on: StreamName(declare.member), as: Member.self, by: .member(declare.member),
            erasing: { [$0.account?.municipality?.subject] }
        ) { state, _ in try declare.decide(given: state) }
    }
}
