import Accounts
import Events
import Processes

extension SiteContext.Visit {
    /// Counts an incident after the answer, which does not depend on it (P-08.2).
    /// - Parameter member: the account concerned; nil when there is none.
    func noteIncident(_ kind: SecurityIncident, to member: MemberID?) {
        site.security.note(kind, to: member, from: client, on: DeviceLabel.label(userAgent: userAgent))
    }
}
