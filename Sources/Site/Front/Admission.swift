import Accounts
import Forum
import SiteMap

/// The readers that a route admits.
enum Admission: Sendable {
    case everyone, members
    case staff(Set<Role>, Matter)

    /// - Parameter matter: required for a staff route, nil for any other.
    init(_ audience: Address.Audience, _ matter: Matter?) {
        precondition(
            audience.isStaff == (matter != nil), "a route of the staff says whose matter it is, and no other does")
        switch audience {
        case .everyone: self = .everyone
        case .members: self = .members
        case .moderators, .auditors, .administrators: self = .staff(audience.roles, matter ?? .nobodys)
        }
    }
}

extension Address.Audience {
    /// The staff roles that are admitted.
    var roles: Set<Role> {
        switch self {
        case .everyone, .members: []
        case .moderators: [.moderator, .administrator]
        case .auditors: [.auditor, .administrator]
        case .administrators: [.administrator]
        }
    }
}
