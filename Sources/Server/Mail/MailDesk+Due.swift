import Accounts
import Events
import Messaging

/// Which mails an event asks for.
extension MailDesk {
    func due(after event: RecordedEvent) throws -> [Outbox.Entry] {
        if let member: MemberID = event.stream.id(), let known = try AccountEvent.decode(event) {
            return SiteMail.due(after: known).map {
                Outbox.Entry(position: event.position, mail: $0, member: member)
            }
        }
        let announcements = try Outbox.Entry.toEveryMember(after: event, views)
        guard announcements.isEmpty else { return announcements }
        if let id: CaseID = event.stream.id(), let known = try CaseEvent.decode(event) {
            // Erased meanwhile: nobody is told any more.
            guard let file = try messaging.record(id)?.file else { return [] }
            return SiteMail.due(after: known, in: file).map {
                Outbox.Entry(position: event.position, mail: $0.mail, to: $0.party, in: file)
            }
        }
        if let notice = try NoticeEvent.decode(event), let mail = SiteMail.due(after: notice) {
            return [Outbox.Entry(position: event.position, mail: mail, member: notice.member)]
        }
        guard let known = try CorrectionEvent.decode(event) else { return [] }
        let mails = SiteMail.due(after: known)
        guard !mails.isEmpty, let member = try accounts.correction(at: event.position)?.correction?.member else {
            return []
        }
        return mails.map { Outbox.Entry(position: event.position, mail: $0, member: member) }
    }
}
