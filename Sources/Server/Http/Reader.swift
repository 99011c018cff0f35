import Accounts
import Events

/// Who reads the page.
enum Reader: Sendable {
    case visitor
    case member(SignedInMember)

    var member: SignedInMember? {
        if case .member(let member) = self { member } else { nil }
    }

    var isMember: Bool { member != nil }
}

/// What the header and the handlers know of the member who is signed in.
struct SignedInMember: Sendable {
    let id: MemberID
    let username: String
    var roles: Set<Role> = []
    /// Whether a new version of a text has to be accepted before anything else (P-01.3).
    var mustAcceptTexts = false
}
