import Accounts
import Events
import Messaging

extension MailWriter {
    /// A mail about a member's second factor.
    /// - Parameter text: of the account as it is now and the site's name; nil when there is nothing to say any more.
    func aboutTwoFactor(
        _ entry: Outbox.Entry, _ now: Instant, _ text: (Account, _ siteName: String) -> MailText?
    ) throws -> OutgoingMail? {
        guard let account = try accounts.member(entry.member).account, let text = text(account, sheet.siteName) else {
            return nil
        }
        return mail(entry, to: account, now) { text }
    }
}
