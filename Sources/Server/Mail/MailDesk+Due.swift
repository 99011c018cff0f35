import Accounts
import Events

/// Which mails an event asks for.
extension MailDesk {
    func due(after event: RecordedEvent) throws -> [Outbox.Entry] {
        if let member: MemberID = event.stream.id(), let known = try AccountEvent.decode(event) {
            return SiteMail.due(after: known).map {
                Outbox.Entry(position: event.position, mail: $0, member: member)
            }
        }
        guard let known = try CorrectionEvent.decode(event) else { return [] }
        let mails = SiteMail.due(after: known)
        guard !mails.isEmpty, let member = try accounts.correction(at: event.position)?.correction?.member else {
            return []
        }
        return mails.map { Outbox.Entry(position: event.position, mail: $0, member: member) }
    }
}
