import Accounts
import Events
import Messaging

extension MailWriter {
    /// A mail about a member's second factor.
    /// - Parameter text: takes the current account and the site's name; returns nil if there is no longer anything to say.
    func aboutTwoFactor(
        _ entry: Outbox.Entry, _ now: Instant, _ text: (Account, _ siteName: String) -> MailText?
    ) throws -> OutgoingMail? {
        guard let account = try accounts.member(entry.member).account, let text = text(account, sheet.siteName) else {
            return nil
        }
        return mail(entry, to: account, now) { text }
    }
}
