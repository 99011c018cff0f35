import Accounts
import HTML
import Projections

extension HTMLWriter {
    /// The tag by which readers recognise staff, whatever usernames other members choose.
    mutating func roleTag(_ role: Role?) {
        switch role {
        case .administrator: tag("Administratör")
        case .moderator: tag("Moderator")
        case .member, .auditor, nil: break
        }
    }
}
