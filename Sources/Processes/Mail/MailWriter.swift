import Accounts
import Crypto
import Events
import Forum
import Foundation
import Messaging
import SiteMap

/// Writes a mail when it is sent: checks that it still applies, decrypts the address, creates the link.
struct MailWriter: Sendable {
    let accounts: Accounts
    let messaging: Messaging
    let forum: Forum
    let log: EventLog
    let tokens: OneTimeTokens
    let sheet: MailSheet
    let sender: MailSender
    let messageKey: SymmetricKey
    let unsubscribing: UnsubscribeTokens
    /// Nil if delivery reports go to the sender's own address.
    let returnPaths: ReturnPaths?
    let notificationMails: NotificationMails
    /// Whether the site reads the mail to its inboxes.
    let takesAnswers: Bool
    let recipients: RecipientLimit

    enum Letter: Sendable {
        case mail(OutgoingMail)
        /// With the subject of the recipient's address, if that is the reason.
        case suppressed(Suppression, Subject?)
    }

    /// The mail to send now, or why none is sent.
    /// - Parameter event: the event that asked for the mail; nil if the log does not have it.
    func letter(_ entry: Outbox.Entry, askedBy event: RecordedEvent?, _ now: Instant) throws -> Letter {
        guard try isWanted(entry.mail, by: entry.member) else { return .suppressed(.switchedOff, nil) }
        guard let event, let mail = try write(entry, asked: event.time, now: now) else {
            return .suppressed(.moot, nil)
        }
        if let address = mail.address, !entry.mail.traits.isSentToRefusing,
            try messaging.mailbox(of: entry.member).refusal(at: address) != nil
        {
            return .suppressed(.bounced, address)
        }
        let allowance = entry.mail.allowance(askedBy: event.actor, to: entry.member)
        guard try recipients.admits(entry, to: mail.to, allowance, at: now) else {
            return .suppressed(.tooMany, mail.address)
        }
        return .mail(mail)
    }

    /// - Parameter asked: the time of the event that asked for the mail.
    /// - Returns: nil if there is no longer a recipient or anything to say.
    func write(_ entry: Outbox.Entry, asked: Instant, now: Instant) throws -> OutgoingMail? {
        guard try isWanted(entry.mail, by: entry.member) else { return nil }
        return switch entry.mail {
        case .confirmAddress: try confirmAddress(entry, now)
        case .numberUsed: try numberUsed(entry, now)
        case .newPassword: try newPassword(entry, asked: asked, now)
        case .passwordChanged:
            try accounts.member(entry.member).active.flatMap {
                mail(entry, to: $0, now) { .passwordChanged(at: asked, siteName: sheet.siteName) }
            }
        case .signInsHeldBack:
            try accounts.member(entry.member).active.flatMap {
                mail(entry, to: $0, now) { .signInsHeldBack(at: asked, siteName: sheet.siteName) }
            }
        case .usernameChanged: try usernameChanged(entry, asked: asked, now)
        case .sessionsEnded: try sessionsEnded(entry, asked: asked, now)
        case .confirmNewAddress: try confirmNewAddress(entry, asked: asked, now)
        case .addressChanged: try addressChanged(entry, asked: asked, now)
        case .addressChangeUndone: try addressChangeUndone(entry, asked: asked, now)
        case .accountCompromised: try accountCompromised(entry, asked: asked, now)
        case .accountCompromisedPrevious: try accountCompromisedPrevious(entry, asked: asked, now)
        case .correctionDecided: try correctionDecided(entry, now)
        case .twoFactorEnabled: try aboutTwoFactor(entry, now) { .twoFactorEnabled(at: asked, siteName: $1) }
        case .twoFactorDisabled: try aboutTwoFactor(entry, now) { .twoFactorDisabled(at: asked, siteName: $1) }
        case .recoveryCodesMade: try aboutTwoFactor(entry, now) { .recoveryCodesMade($0, at: asked, siteName: $1) }
        case .recoveryCodeUsed: try aboutTwoFactor(entry, now) { .recoveryCodeUsed($0, at: asked, siteName: $1) }
        case .wrongCodes: try aboutTwoFactor(entry, now) { .wrongCodes(at: asked, siteName: $1) }
        case .twoFactorResetProposed:
            try aboutTwoFactor(entry, now) { .twoFactorResetProposed($0, at: asked, now, siteName: $1) }
        case .twoFactorReset: try aboutTwoFactor(entry, now) { .twoFactorReset(at: asked, siteName: $1) }
        case .closed: try closed(entry, asked, now)
        case .closedToPrevious: try closedToPrevious(entry, asked, now)
        case .closedForBreach, .deactivated: try decided(entry, asked, now)
        case .duplicateEnded: try duplicateEnded(entry, asked, now)
        case .restoreLink: try restoreLink(entry, now)
        case .restored: try restored(entry, asked, now)
        case .restoredToPrevious: try restoredToPrevious(entry, asked, now)
        case .appealRejected: try appealRejected(entry, asked, now)
        case .unusedWarned: try unusedWarned(entry, now)
        case .purgeAnnounced: try purgeAnnounced(entry, now)
        case .purged: try purged(entry, now)
        case .reviewApproved:
            try accounts.member(entry.member).active.flatMap {
                mail(entry, to: $0, now) { .reviewApproved(siteName: sheet.siteName) }
            }
        case .reviewRejected: try reviewRejected(entry, now)
        case .policyChanged, .termsChanged: try versionPublished(entry, now)
        case .securityNoticed: try securityNoticed(entry, now)
        case .newMessage, .newReply, .newMention, .newQuote, .newWatched, .digest, .reportsWaiting:
            try somethingNew(entry, now)
        case .caseReceipt, .caseTrouble, .caseReplied, .caseDecided, .caseExtended, .caseEnded, .disputeOpened,
            .caseDue:
            try aboutCase(entry, asked, now)
        case .textRemoved, .textReinstated: try aboutText(entry, now)
        case .newsletter, .newsletterTest: try newsletter(entry, now)
        }
    }

    private func isWanted(_ mail: SiteMail, by member: MemberID) throws -> Bool {
        switch mail.traits.offSwitch {
        case .kind(let kind): try isWanted(kind, by: member)
        case .daily: try accounts.mayMailDaily(to: member)
        case .newsletter: try accounts.mayMailNewsletter(to: member)
        case nil: true
        }
    }

    /// Checked at sending, not when the mail was queued: a no in between stops it (P-15.1).
    /// - Parameter kind: nil for mail that cannot be switched off.
    func isWanted(_ kind: MailKind?, by member: MemberID) throws -> Bool {
        try kind.map { try accounts.mayMail($0, to: member) } ?? true
    }

    /// Does not check whether the address or the number already belongs to a member: every sign-up gets the same mail (P-16.6).
    private func confirmAddress(_ entry: Outbox.Entry, _ now: Instant) throws -> OutgoingMail? {
        guard case .unconfirmed(let account) = try accounts.member(entry.member) else { return nil }
        let policies = try accounts.policies()
        let end = policies.deadline(from: account.signedUpAt, judgedAt: now, \.confirmationLink)
        guard let end, now < end, let policy = policies.inForce(at: now) else { return nil }
        let restoreLink = try account.email?.value.value.flatMap { try self.restoreLink(ofHolderOf: $0, now) }
        return try mail(entry, to: account, now) {
            .confirmAddress(
                try tokens.issue(.confirmEmail, for: entry.member, until: end), until: end,
                unconfirmedFor: policy.rules.retention.unconfirmedSignUp, restoreLink: restoreLink,
                siteName: sheet.siteName)
        }
    }

    private func somethingNew(_ entry: Outbox.Entry, _ now: Instant) throws -> OutgoingMail? {
        guard let account = try accounts.member(entry.member).active,
            let text = try notificationMails.text(askedAt: entry.position, siteName: sheet.siteName)
        else { return nil }
        return mail(entry, to: account, now) { text }
    }

    /// The text is the same whatever the reason: the number may belong to a member.
    private func reviewRejected(_ entry: Outbox.Entry, _ now: Instant) throws -> OutgoingMail? {
        guard case .rejected(let account, _) = try accounts.member(entry.member),
            let policy = try accounts.policies().inForce(at: now)
        else { return nil }
        return mail(entry, to: account, now) {
            .reviewRejected(keptFor: policy.rules.retention.unconfirmedSignUp, siteName: sheet.siteName)
        }
    }

    /// Earlier links stay valid, because strangers can ask for new ones.
    private func newPassword(_ entry: Outbox.Entry, asked: Instant, _ now: Instant) throws -> OutgoingMail? {
        let policies = try accounts.policies()
        guard let account = try accounts.member(entry.member).mayBeSignedIn(at: now, policies),
            let end = account.resetDeadline(ofLinkAskedAt: asked, judgedAt: now, policies)
        else { return nil }
        return try mail(entry, to: account, now) {
            .newPassword(
                try tokens.issue(.newPassword, for: entry.member, until: end, asked: asked, keepingEarlier: true),
                until: end, siteName: sheet.siteName)
        }
    }

    func mail(
        _ entry: Outbox.Entry, to account: Account, _ now: Instant, _ write: () throws -> MailText
    ) rethrows -> OutgoingMail? {
        try mail(entry, to: account.email, now, write)
    }

    func mail(
        _ entry: Outbox.Entry, to email: Sealed<EmailAddress>?, _ now: Instant, _ write: () throws -> MailText
    ) rethrows -> OutgoingMail? {
        guard let email, let typed = email.value.value, let address = MailAddress(typed.text) else { return nil }
        let text = try write()
        let leaving = unsubscribing(entry)
        return OutgoingMail(
            from: sender, to: address, subject: text.subject, text: sheet.plain(text, leaving: leaving),
            html: sheet.html(text, leaving: leaving), id: messageID(of: entry), date: now,
            headers: entry.mail.submission(isAnswer: false) + header(leaving), address: email.subject,
            returnPath: returnPaths?.address(for: entry.key))
    }

    /// Where the recipient unsubscribes; nil for mails that cannot be switched off.
    private func unsubscribing(_ entry: Outbox.Entry) -> SiteLink? {
        let mails = entry.mail == .newsletterTest ? .newsletter : entry.mail.traits.offSwitch
        return mails.flatMap { unsubscribing.token(for: entry.member, from: $0) }.map { .unsubscribe(token: $0) }
    }

    private func header(_ leaving: SiteLink?) -> [MailHeader] {
        let url = leaving.flatMap { MailURL(sheet.baseURL.url(of: $0)) }
        return url.map { [.oneClickUnsubscribe($0)] } ?? []
    }

    /// Stable across attempts, and reveals nothing about the log.
    /// - Parameter thing: the key by which an answer is sorted.
    func messageID(of entry: Outbox.Entry, naming thing: String = "") -> MailID {
        let words = "mail:\(entry.position):\(entry.mail.rawValue):\(entry.member)"
        let code = HMAC<SHA256>.authenticationCode(for: Data(words.utf8), using: messageKey)
        let digits = Hex.encode(Array(code).prefix(8))
        return MailID(OwnMailIDs(log: log).words(thing, digits), at: sender.address)
    }
}
