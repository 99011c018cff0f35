package import Events

/// Takes another name to write under; whoever wrote under the old one is shown by the new from now on (P-12.4).
package struct ChangeUsername: Sendable {
    package let username: Username

    package func decide(given state: Member) throws(AccountRefusal) -> [AccountEvent] {
        guard let account = state.active, let identity = account.identity.value.value else { throw .noSuchMember }
        guard identity.username.text != username.text else { return [] }
        return [.usernameChanged(Held(.known(username), under: account.identity.subject, of: account.identity.owner))]
    }

    /// The old name is free at once. Another spelling of it is the same claim.
    func claims(_ member: MemberID, given state: Member) -> [ClaimChange] {
        guard let old = state.active?.identity.value.value?.username, old != username else { return [] }
        return [.take(username.claim, Owner(member)), .release(old.claim, Owner(member))]
    }
}

extension Accounts {
    /// - Throws: `AccountRefusal.usernameTaken`.
    package func changeUsername(of member: MemberID, to username: Username, command: CommandID) async throws {
        let change = ChangeUsername(username: username)
        do {
            try await carryOut(
                command, on: StreamName(member), as: Member.self, by: .member(member),
                claiming: { change.claims(member, given: $0) }
            ) { state, _ in try change.decide(given: state) }
        } catch AppendFailure.claimTaken(.username, holder: _) {
            throw AccountRefusal.usernameTaken
        }
    }
}
