import Accounts
import HTML
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
