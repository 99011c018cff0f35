package import Events

/// Gives a member a role.
package struct GrantRole: Sendable {
    package let role: Role
    package let member: MemberID
    package let actor: Actor

    package init(_ role: Role, to member: MemberID, by actor: Actor) {
        self.role = role
        self.member = member
        self.actor = actor
    }

    package func decide(given staff: Staff, _ state: Member) throws(AccountRefusal) -> [AccountEvent] {
        guard staff.mayAdminister(actor) else { throw .notAllowed }
        guard role != .member, !staff.roles(of: member).contains(role) else { return [] }
        guard state.active != nil else { throw .noSuchMember }
        return [.roleGranted(role, member)]
    }
}

/// Takes a role away again.
package struct RevokeRole: Sendable {
    package let role: Role
    package let member: MemberID
    package let actor: Actor

    package init(_ role: Role, from member: MemberID, by actor: Actor) {
        self.role = role
        self.member = member
        self.actor = actor
    }

    package func decide(given staff: Staff) throws(AccountRefusal) -> [AccountEvent] {
        guard staff.mayAdminister(actor) else { throw .notAllowed }
        guard staff.roles(of: member).contains(role) else { return [] }
        guard role != .administrator || staff.members(with: .administrator) != [member] else {
            throw .lastAdministrator
        }
        return [.roleRevoked(role, member)]
    }
}

extension Accounts {
    package func grantRole(_ role: Role, to member: MemberID, by actor: Actor, command: CommandID) async throws {
        try await decideAboutStaff(command, by: actor) { staff in
            try GrantRole(role, to: member, by: actor).decide(given: staff, try self.member(member))
        }
    }

    package func revokeRole(_ role: Role, from member: MemberID, by actor: Actor, command: CommandID) async throws {
        try await decideAboutStaff(command, by: actor) {
            try RevokeRole(role, from: member, by: actor).decide(given: $0)
        }
    }

    package func staff() throws -> Staff { try log.state(of: Staff.stream).state }

    /// Every role of somebody who may use the site, being a member among them; none of anybody else.
    package func roles(of member: MemberID) throws -> Set<Role> {
        try self.member(member).active == nil ? [] : try staff().roles(of: member).union([.member])
    }

    private func decideAboutStaff(
        _ command: CommandID, by actor: Actor, _ decide: (Staff) throws -> [AccountEvent]
    ) async throws {
        try await retryingConflicts {
            let (staff, version) = try log.state(of: Staff.stream, as: Staff.self)
            try await append(
                try decide(staff), to: Staff.stream, at: version, command: command, by: actor, time: clock.now())
        }
    }
}
