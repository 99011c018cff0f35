import Accounts
import HTML
import Projections

extension HTMLWriter {
    /// The tag by which readers recognise staff, whatever usernames other members choose.
    mutating func roleTag(_ role: Role?) {
        switch role {
        case .administrator: raw(" <span class=\"tag\">Administratör</span>")
        case .moderator: raw(" <span class=\"tag\">Moderator</span>")
        case .member, .auditor, nil: break
        }
    }
}
