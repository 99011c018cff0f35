import Accounts
import Events
import Processes

/// The reader of a page.
enum Reader: Sendable {
    case visitor
    case member(SignedInMember)
    /// Views the site of a past moment: sees what members see, and can do nothing.
    case readOnlyViewer(SignedInMember)

    var member: SignedInMember? {
        switch self {
        case .visitor: nil
        case .member(let member), .readOnlyViewer(let member): member
        }
    }

    var isMember: Bool { member != nil }

    /// The member, if she may act; nil for visitors and read-only viewers.
    var actor: SignedInMember? {
        if case .member(let member) = self { member } else { nil }
    }

    /// Whether the reader is a read-only viewer.
    var onlyReads: Bool {
        if case .readOnlyViewer = self { true } else { false }
    }

    /// The reader's viewer in the visibility matrix; a member without a confirmed address cannot sign in, and counts as a visitor.
    var viewer: Viewer {
        guard let roles = member?.roles else { return .visitor }
        if roles.contains(.administrator) { return .administrator }
        if roles.contains(.moderator) { return .moderator }
        return roles.contains(.auditor) ? .auditor : .member
    }

    /// Whether the reader may open members' profiles, and sees links to them.
    var opensProfiles: Bool { Viewpoint(viewer, in: .profile).sees(.username) }
}
