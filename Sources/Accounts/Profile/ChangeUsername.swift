package import Events

/// Changes the username; earlier posts are shown under the new name too (P-12.4).
package struct ChangeUsername: Sendable {
    package let username: Username

    package func decide(given state: Member) throws(AccountRefusal) -> [MemberEvent] {
        guard let account = state.active, let identity = account.identity.value.value else { throw .noSuchMember }
        guard identity.username.text != username.text else { return [] }
        let changed = Sealed(.known(username), under: account.identity.subject, of: account.identity.owner)
        return [.profile(.usernameChanged(changed))]
    }

    /// The old name is released at once, unless staff had it. Another spelling of it has the same claim.
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
            try await execute(
                command, by: .member(member),
                { time in
                    let (state, version) = try log.state(of: StreamName(member), as: Member.self)
                    let events = try change.decide(given: state)
                    guard !events.isEmpty else { return ([], state) }
                    let names = try requireNoStaffName(username, for: member, at: time)
                    let own = StreamAppend(StreamName(member), expected: .exactly(version), events)
                    return (
                        [own]
                            + names.appends(givingUp: givenUp(by: member, state, for: username, names, command, time)),
                        state
                    )
                },
                claiming: { change.claims(member, given: $0) })
        } catch AppendFailure.claimTaken(.username, holder: _) {
            throw AccountRefusal.usernameTaken
        }
    }

    /// The previous name of a member of the staff, to be remembered; nil for others and for a name that looks the same.
    private func givenUp(
        by member: MemberID, _ state: Member, for username: Username, _ names: StaffNames, _ command: CommandID,
        _ time: Instant
    ) -> FormerStaffName? {
        guard names.present[member] != nil, let name = state.active?.identity.value.value?.username,
            name.skeleton != username.skeleton
        else { return nil }
        return FormerStaffName(name, of: member, since: time, createdBy: command)
    }
}
