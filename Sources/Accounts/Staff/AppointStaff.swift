package import Events

/// Grants a role to another member, never to oneself (P-08.2).
package struct GrantRole: Sendable {
    package let role: Role
    package let member: MemberID
    package let actor: Actor

    package init(_ role: Role, to member: MemberID, by actor: Actor) {
        self.role = role
        self.member = member
        self.actor = actor
    }

    package func decide(given staff: Staff, _ state: Member) throws(AccountRefusal) -> [StaffEvent] {
        guard staff.mayAdminister(actor) else { throw .notAllowed }
        guard actor != .member(member) else { throw .ownMatter }
        guard role != .member, !staff.roles(of: member).contains(role) else { return [] }
        guard state.active != nil else { throw .noSuchMember }
        return [.roleGranted(role, member)]
    }
}

/// Revokes a role. Staff may give up their own: that decides nothing in their favour.
package struct RevokeRole: Sendable {
    package let role: Role
    package let member: MemberID
    package let actor: Actor

    package init(_ role: Role, from member: MemberID, by actor: Actor) {
        self.role = role
        self.member = member
        self.actor = actor
    }

    /// - Parameter suspended: administrators whose account is not active.
    package func decide(
        given staff: Staff, excluding suspended: Set<MemberID> = []
    ) throws(AccountRefusal) -> [StaffEvent] {
        guard staff.mayAdminister(actor) else { throw .notAllowed }
        guard staff.roles(of: member).contains(role) else { return [] }
        guard role != .administrator || !staff.isLastAdministrator(member, excluding: suspended) else {
            throw .lastAdministrator
        }
        return [.roleRevoked(role, member)]
    }
}

extension Accounts {
    package func grantRole(_ role: Role, to member: MemberID, by actor: Actor, command: CommandID) async throws {
        try await execute(command, by: actor) { _ in
            let (staff, version) = try log.state(of: Staff.stream, as: Staff.self)
            let (state, memberVersion) = try log.state(of: StreamName(member), as: Member.self)
            let events = try GrantRole(role, to: member, by: actor).decide(given: staff, state)
            // Expected version without events: a member who closes her account concurrently must not get a role.
            let streams = [
                StreamAppend(Staff.stream, expected: .exactly(version), events),
                StreamAppend(StreamName(member), expected: .exactly(memberVersion), [any DomainEvent]()),
            ]
            return (streams, ())
        }
    }

    package func revokeRole(_ role: Role, from member: MemberID, by actor: Actor, command: CommandID) async throws {
        try await execute(command, by: actor) { time in
            let (staff, version) = try log.state(of: Staff.stream, as: Staff.self)
            let events = try RevokeRole(role, from: member, by: actor).decide(
                given: staff, excluding: suspendedAdministrators(of: staff))
            let streams = [StreamAppend(Staff.stream, expected: .exactly(version), events)]
            guard !events.isEmpty, staff.roles(of: member) == [role] else { return (streams, ()) }
            // A former member of the staff keeps her name, and others may not take a similar one for some time.
            let state = try self.member(member)
            return (
                streams + (try givingUpStaffName(of: state, member, excluding: [Staff.stream], command, at: time)), ()
            )
        }
    }

    package func staff() throws -> Staff { try log.state(of: Staff.stream).state }

    /// Whether the site would have no active administrator without this one (P-16.1).
    package func isLastAdministrator(_ member: MemberID) throws -> Bool {
        let staff = try staff()
        return staff.isLastAdministrator(member, excluding: try suspendedAdministrators(of: staff))
    }

    /// Administrators whose account is not active.
    func suspendedAdministrators(of staff: Staff) throws -> Set<MemberID> {
        try staff.members(with: .administrator).filter { try member($0).active == nil }
    }

    /// Every role of a member who may use the site, including `member`; empty for others.
    package func roles(of member: MemberID) throws -> Set<Role> {
        try self.member(member).active == nil ? [] : try staff().roles(of: member).union([.member])
    }
}
