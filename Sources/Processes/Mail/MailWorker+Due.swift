import Accounts
package import Events
import Forum
import Messaging
import Projections

/// The mails that an event asks for.
extension MailWorker {
    package func due(after event: RecordedEvent) throws -> [Outbox.Entry] {
        if let member: MemberID = event.stream.id(), let known = try MemberEvent.decode(event) {
            return SiteMail.due(after: known).map {
                Outbox.Entry(position: event.position, mail: $0, member: member)
            }
        }
        let announcements = try Outbox.Entry.toEveryMember(after: event, views)
        guard announcements.isEmpty else { return announcements }
        if let id: CaseID = event.stream.id(), let known = try CaseEvent.decode(event) {
            // Nil if the case has been erased: no mail is due.
            guard let record = try messaging.record(id) else { return [] }
            let file = record.file
            let isEnded = event.actor == .system && known == .closed && record.endedWaitingSince != nil
            let ended = isEnded ? [(mail: SiteMail.caseEnded, party: CaseParty?.some(.opener))] : []
            let mails = (SiteMail.due(after: known, in: file) + ended).map {
                Outbox.Entry(position: event.position, mail: $0.mail, to: $0.party, in: file)
            }
            guard case .warned = known else { return mails }
            return try mails
                + handlers(of: file).map { Outbox.Entry(position: event.position, mail: .caseDue, member: $0) }
        }
        if let known = try ForumEvent.decode(event) { return try due(after: known, event) }
        if let notification = try NotificationEvent.decode(event), let mail = SiteMail.due(after: notification) {
            return [Outbox.Entry(position: event.position, mail: mail, member: notification.member)]
        }
        if case .noticed(let notice)? = try SecurityEvent.decode(event) {
            guard notice.isFirstOfDay else { return [] }
            return try accounts.staff().members(with: .administrator).sorted().map {
                Outbox.Entry(position: event.position, mail: .securityNoticed, member: $0)
            }
        }
        if let ended = try accounts.sessionsEnded(by: event) {
            return [Outbox.Entry(position: event.position, mail: .sessionsEnded, member: ended.member)]
        }
        guard let known = try CorrectionEvent.decode(event) else { return [] }
        let mails = SiteMail.due(after: known)
        guard !mails.isEmpty, let member = try accounts.correction(at: event.position)?.correction?.member else {
            return []
        }
        return mails.map { Outbox.Entry(position: event.position, mail: $0, member: member) }
    }

    /// The staff who may act in the case, each notified at her own address.
    private func handlers(of file: CaseFile) throws -> [MemberID] {
        let staff = try accounts.staff()
        let members = file.topic.matter.handlers.reduce(into: Set<MemberID>()) { $0.formUnion(staff.members(with: $1)) }
        return try members.subtracting(messaging.concerned(by: file)).sorted()
    }

    /// The author is notified of decisions by others, unless a case's decision already does so.
    private func due(after known: ForumEvent, _ event: RecordedEvent) throws -> [Outbox.Entry] {
        guard let mail = SiteMail.due(after: known), let author = try forum.author(of: known),
            event.actor != .member(author), try !isDecidedInCase(event)
        else { return [] }
        return [Outbox.Entry(position: event.position, mail: mail, member: author)]
    }

    private func isDecidedInCase(_ event: RecordedEvent) throws -> Bool {
        guard let cause = event.causation, case .decided? = try messaging.caseEvent(at: cause)?.event else {
            return false
        }
        return true
    }
}
