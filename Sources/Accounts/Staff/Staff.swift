package import Events

/// The roles of all members, in one stream, so that two concurrent commands cannot remove the last administrator.
package struct Staff: Hashable, Sendable {
    private(set) var roles: [MemberID: Set<Role>] = [:]

    static let stream = StreamName("staff")

    /// The roles granted to a member; `member` is not among them.
    package func roles(of member: MemberID) -> Set<Role> { roles[member] ?? [] }

    package func members(with role: Role) -> Set<MemberID> { Set(roles.filter { $0.value.contains(role) }.keys) }

    /// All members with a granted role.
    var all: Set<MemberID> { Set(roles.filter { !$0.value.isEmpty }.keys) }

    /// Whether the site would have no active administrator without this one (P-16.1).
    /// - Parameter suspended: administrators whose account is not active.
    package func isLastAdministrator(_ member: MemberID, excluding suspended: Set<MemberID>) -> Bool {
        members(with: .administrator).subtracting(suspended) == [member]
    }

    /// The role in which this member decides about sign-ups; nil when she may not.
    func reviewer(_ member: MemberID) -> Role? {
        [.administrator, .moderator].first(where: roles(of: member).contains)
    }

    /// Whether the actor may appoint staff and publish versions.
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
