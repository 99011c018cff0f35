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
        let state = try self.member(member)
        try await carryOut(command, on: Staff.stream, as: Staff.self, by: actor) { staff, _ in
            try GrantRole(role, to: member, by: actor).decide(given: staff, state)
        }
    }

    package func revokeRole(_ role: Role, from member: MemberID, by actor: Actor, command: CommandID) async throws {
        try await carryOut(command, on: Staff.stream, as: Staff.self, by: actor) { staff, _ in
            try RevokeRole(role, from: member, by: actor).decide(given: staff)
        }
    }

    package func staff() throws -> Staff { try log.state(of: Staff.stream).state }

    /// Whether nobody would look after the site without this one (P-16.1).
    package func isLastAdministrator(_ member: MemberID) throws -> Bool {
        try staff().members(with: .administrator) == [member]
    }

    /// Every role of somebody who may use the site, being a member among them; none of anybody else.
    package func roles(of member: MemberID) throws -> Set<Role> {
        try self.member(member).active == nil ? [] : try staff().roles(of: member).union([.member])
    }
}
