import Accounts
import Events
import Messaging

extension MailWriter {
    /// To one who is still an administrator; neither the account nor the network stands in the mail.
    func securityNoticed(_ entry: Outbox.Entry, _ now: Instant) throws -> OutgoingMail? {
        guard try accounts.roles(of: entry.member).contains(.administrator),
            let account = try accounts.member(entry.member).active,
            let event = try log.events(after: entry.position - 1, limit: 1).first,
            case .noticed(let notice)? = try SecurityEvent.decode(event)
        else { return nil }
        return mail(entry, to: account, now) { .securityNoticed(notice.kind, at: event.time, siteName: sheet.siteName) }
    }
}
