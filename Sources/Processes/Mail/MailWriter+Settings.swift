import Accounts
import Events
import Messaging

/// The mails about changes made by a member, or by another person using her account.
extension MailWriter {
    /// Nil if the name was chosen anew when the membership was confirmed.
    func usernameChanged(_ entry: Outbox.Entry, asked: Instant, _ now: Instant) throws -> OutgoingMail? {
        guard let account = try accounts.member(entry.member).active, account.confirmedAt != asked else { return nil }
        return mail(entry, to: account, now) { .usernameChanged(at: asked, siteName: sheet.siteName) }
    }

    /// Only for the latest request, and only while it can be confirmed.
    func confirmNewAddress(_ entry: Outbox.Entry, asked: Instant, _ now: Instant) throws -> OutgoingMail? {
        guard let change = try accounts.member(entry.member).active?.emailChange, change.requestedAt == asked,
            let email = change.unconfirmed,
            let end = try accounts.policies().deadline(from: asked, judgedAt: now, \.confirmationLink), now < end
        else { return nil }
        return try mail(entry, to: email, now) {
            .confirmNewAddress(
                try tokens.issue(.changeEmail, for: entry.member, until: end, asked: asked), until: end,
                siteName: sheet.siteName)
        }
    }

    /// To the old address, which can recover the account while the address is retained (P-12.2).
    func addressChanged(_ entry: Outbox.Entry, asked: Instant, _ now: Instant) throws -> OutgoingMail? {
        guard let account = try accounts.member(entry.member).account, account.previousEmail?.replacedAt == asked,
            let end = account.undoDeadline(judgedAt: now, try accounts.policies())
        else { return nil }
        return try mail(entry, to: account.previousEmail?.email, now) {
            .addressChanged(at: asked, try undoLink(entry, end), until: end, siteName: sheet.siteName)
        }
    }

    func addressChangeUndone(_ entry: Outbox.Entry, asked: Instant, _ now: Instant) throws -> OutgoingMail? {
        let member = try accounts.member(entry.member)
        guard let account = member.account else { return nil }
        return mail(entry, to: account, now) {
            .addressChangeUndone(at: asked, isClosed: member.closing != nil, siteName: sheet.siteName)
        }
    }

    /// Includes the link to a new password while it works, regardless of later requests by strangers.
    func accountCompromised(_ entry: Outbox.Entry, asked: Instant, _ now: Instant) throws -> OutgoingMail? {
        let policies = try accounts.policies()
        guard let account = try accounts.member(entry.member).mayBeSignedIn(at: now, policies) else { return nil }
        guard let end = account.resetDeadline(ofLinkAskedAt: asked, judgedAt: now, policies) else {
            return mail(entry, to: account, now) { .accountCompromised(at: asked, nil, siteName: sheet.siteName) }
        }
        return try mail(entry, to: account, now) {
            let token = try tokens.issue(
                .newPassword, for: entry.member, until: end, asked: asked, keepingEarlier: true)
            return .accountCompromised(at: asked, (token, until: end), siteName: sheet.siteName)
        }
    }

    func accountCompromisedPrevious(_ entry: Outbox.Entry, asked: Instant, _ now: Instant) throws -> OutgoingMail? {
        guard let account = try accounts.member(entry.member).active,
            let end = account.undoDeadline(judgedAt: now, try accounts.policies())
        else { return nil }
        return try mail(entry, to: account.previousEmail?.email, now) {
            .accountCompromisedPrevious(at: asked, try undoLink(entry, end), until: end, siteName: sheet.siteName)
        }
    }

    func sessionsEnded(_ entry: Outbox.Entry, asked: Instant, _ now: Instant) throws -> OutgoingMail? {
        guard let account = try accounts.member(entry.member).active,
            let event = try log.events(after: entry.position - 1, limit: 1).first,
            let reason = try accounts.sessionsEnded(by: event)?.reason
        else { return nil }
        return mail(entry, to: account, now) { .sessionsEnded(at: asked, reason, siteName: sheet.siteName) }
    }

    func correctionDecided(_ entry: Outbox.Entry, _ now: Instant) throws -> OutgoingMail? {
        guard case .decided(let correction, _, let decision)? = try accounts.correction(at: entry.position),
            let account = try accounts.member(entry.member).active
        else { return nil }
        return mail(entry, to: account, now) {
            .correctionDecided(correction.field, isApproved: decision.isApproved, siteName: sheet.siteName)
        }
    }

    /// Each mail to the old address has its own working link.
    private func undoLink(_ entry: Outbox.Entry, _ end: Instant) throws -> SecretToken {
        try tokens.issue(.undoEmailChange, for: entry.member, until: end, keepingEarlier: true)
    }
}
