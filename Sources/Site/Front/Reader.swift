import Accounts
import Events
import Processes

/// Who reads the page.
enum Reader: Sendable {
    case visitor
    case member(SignedInMember)
    /// Looks at the site as it was: sees what members see, and does nothing.
    case readOnlyViewer(SignedInMember)

    var member: SignedInMember? {
        switch self {
        case .visitor: nil
        case .member(let member), .readOnlyViewer(let member): member
        }
    }

    var isMember: Bool { member != nil }

    /// The member who may do something here.
    var actor: SignedInMember? {
        if case .member(let member) = self { member } else { nil }
    }

    /// Whether there is nothing to do here but read.
    var onlyReads: Bool {
        if case .readOnlyViewer = self { true } else { false }
    }

    /// As whom the visibility matrix knows this one. Whoever has not confirmed an address cannot sign in, and is a visitor.
    var viewer: Viewer {
        guard let roles = member?.roles else { return .visitor }
        if roles.contains(.administrator) { return .administrator }
        if roles.contains(.moderator) { return .moderator }
        return roles.contains(.auditor) ? .auditor : .member
    }

    /// Whether members' own pages are there for this one, and links to them.
    var opensProfiles: Bool { Viewpoint(viewer, in: .profile).sees(.username) }
}
