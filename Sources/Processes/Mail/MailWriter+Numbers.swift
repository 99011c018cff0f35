import Accounts
import Events
import Messaging
import SiteMap

/// The mails about an account whose number is another account's (P-16.6).
extension MailWriter {
    /// To the holder of the number, not to the person who typed it.
    func numberUsed(_ entry: Outbox.Entry, _ now: Instant) throws -> OutgoingMail? {
        guard let holder = try holder(entry) else { return nil }
        let state = try accounts.member(holder)
        switch state {
        case .active(let account):
            return mail(entry, to: account, now) { .numberUsed(.active, siteName: sheet.siteName) }
        case .deactivated(let account, let deactivation):
            return mail(entry, to: account, now) {
                .numberUsed(.deactivated(until: deactivation.until), siteName: sheet.siteName)
            }
        case .closed(let account, let closing):
            guard closing.isRestorable(judgedAt: now, try accounts.policies()) else { return nil }
            let restoreLink = closing.cause.isAppealable ? nil : try restoreLink(of: holder, closing, now)
            let appeal = try appeal(of: holder, state, now)?.0
            return mail(entry, to: account, now) {
                .numberUsed(
                    restoreLink.map { .closed($0) } ?? .banned(appeal: appeal), siteName: sheet.siteName)
            }
        case .nobody, .unconfirmed, .awaitingReview, .rejected, .lapsed, .purged: return nil
        }
    }

    /// The event is in the holder's stream; in logs from before such sign-ups became accounts, in that of the sign-up.
    private func holder(_ entry: Outbox.Entry) throws -> MemberID? {
        switch try accounts.member(entry.member) {
        case .awaitingReview, .rejected: try accounts.holderOfNumber(of: entry.member)
        case .active, .deactivated, .closed: entry.member
        case .nobody, .unconfirmed, .lapsed, .purged: nil
        }
    }

    func duplicateEnded(_ entry: Outbox.Entry, _ asked: Instant, _ now: Instant) throws -> OutgoingMail? {
        guard let account = try accounts.member(entry.member).account else { return nil }
        return try duplicateEnded(entry, to: account.email, asked, now)
    }

    func duplicateEnded(
        _ entry: Outbox.Entry, to email: Sealed<EmailAddress>?, _ asked: Instant, _ now: Instant
    ) throws -> OutgoingMail? {
        let state = try accounts.member(entry.member)
        guard let closing = state.closing, closing.at == asked, closing.cause == .duplicate else { return nil }
        let end = closing.purgeDue(judgedAt: now, try accounts.policies())
        let (appeal, receipt) = (try appeal(of: entry.member, state, now), try receipt(of: entry.member))
        return mail(entry, to: email, now) {
            .duplicateEnded(purgedOn: end, appeal: appeal, receipt: receipt, siteName: sheet.siteName)
        }
    }
}
