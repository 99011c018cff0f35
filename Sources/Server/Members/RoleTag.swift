import Accounts
import Projections

extension HTMLWriter {
    /// By which readers know staff, whatever names others have taken.
    mutating func roleTag(_ role: Role?) {
        switch role {
        case .administrator: raw(" <span class=\"tag\">Administratör</span>")
        case .moderator: raw(" <span class=\"tag\">Moderator</span>")
        case .member, .auditor, nil: break
        }
    }
}

extension PublicMember {
    /// `moa (moderator)`, in the middle of a text; no username has a parenthesis.
    var nameWithRole: String {
        guard username != nil, let role else { return shownName(self) }
        return "\(shownName(self)) (\(RoleWords.name(of: role)))"
    }
}
