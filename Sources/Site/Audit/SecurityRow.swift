import Accounts
import Events
import HTML
import Processes
import Projections
import SiteMap

/// One line of the security events.
struct SecurityRow: Sendable {
    let position: Int
    let time: Instant
    let words: String
    private let actor: Actor
    private let notice: SecurityNotice?

    init(_ entry: AuditTrail.Entry, in log: EventLog) throws {
        (position, time, actor) = (entry.position, entry.time, entry.actor)
        let event = try log.events(after: entry.position - 1, limit: 1).first
        if let event, case .noticed(let notice)? = try SecurityEvent.decode(event) {
            self.notice = notice
            words = "\(notice.kind.swedish), minst \(SwedishNumber.grouped(notice.count)) den dagen"
        } else {
            notice = nil
            words = EventWords.sentence(for: entry.type)
        }
    }

    /// The account concerned, the network's address while it is kept, or who did it.
    func writeWho(_ names: MemberNames, into html: inout HTMLWriter) {
        guard let notice else { return names.write(actor, into: &html) }
        if let member = notice.member { return names.write(.member(member), into: &html) }
        html.text(notice.origin.value.value?.address ?? "Ett nätverk, adressen är raderad")
    }
}
