package import Events

/// Who has which role. One stream for all, so that no two commands at once can take away the last administrator.
package struct Staff: Hashable, Sendable {
    private(set) var roles: [MemberID: Set<Role>] = [:]

    static let stream = StreamName("staff")

    /// The roles granted to a member; being a member is not among them.
    package func roles(of member: MemberID) -> Set<Role> { roles[member] ?? [] }

    package func members(with role: Role) -> Set<MemberID> { Set(roles.filter { $0.value.contains(role) }.keys) }

    /// Everybody who has a role.
    var all: Set<MemberID> { Set(roles.filter { !$0.value.isEmpty }.keys) }

    /// Whether nobody would look after the site without this one (P-16.1).
    /// - Parameter suspended: administrators who cannot come in for the time being.
    func isLastAdministrator(_ member: MemberID, excluding suspended: Set<MemberID>) -> Bool {
        members(with: .administrator).subtracting(suspended) == [member]
    }

    /// As whom this member decides about sign-ups; nil for whoever may not.
    func reviewer(_ member: MemberID) -> Role? {
        [.administrator, .moderator].first(where: roles(of: member).contains)
    }

    /// Whether this one may appoint staff and publish versions.
    func mayAdminister(_ actor: Actor) -> Bool {
        switch actor {
        case .operator, .system: true
        case .member(let id): roles(of: id).contains(.administrator)
        case .visitor: false
        }
    }
}

extension Staff: EventSourced {
    package static var initial: Staff { Staff() }

    package mutating func evolve(_ event: StaffEvent, at _: Instant) {
        switch event {
        case .roleGranted(let role, let member): roles[member, default: []].insert(role)
        case .roleRevoked(let role, let member): roles[member]?.remove(role)
        }
    }
}
