import Accounts
import Events
import Messaging

/// The mails about closing, deactivating and restoring accounts; each is written only if it is still true.
extension MailWriter {
    func closed(_ entry: Outbox.Entry, _ asked: Instant, _ now: Instant) throws -> OutgoingMail? {
        guard case .closed(let account, let closing) = try accounts.member(entry.member), closing.at == asked,
            let restoreLink = try restoreLink(of: entry.member, closing, now)
        else { return nil }
        let receipt = try receipt(of: entry.member)
        return mail(entry, to: account, now) {
            .closed(closing.cause, restoreLink: restoreLink, receipt: receipt, siteName: sheet.siteName)
        }
    }

    func closedToPrevious(_ entry: Outbox.Entry, _ asked: Instant, _ now: Instant) throws -> OutgoingMail? {
        guard case .closed(let account, let closing) = try accounts.member(entry.member), closing.at == asked,
            let end = account.undoDeadline(judgedAt: now, try accounts.policies())
        else { return nil }
        // Such an account cannot be restored, so undoing the change would lead nowhere.
        guard closing.cause != .duplicate else {
            return try duplicateEnded(entry, to: account.previousEmail?.email, asked, now)
        }
        let receipt = try receipt(of: entry.member)
        return mail(entry, to: account.previousEmail?.email, now) {
            .closedToPrevious(undoableUntil: end, receipt: receipt, siteName: sheet.siteName)
        }
    }

    func restored(_ entry: Outbox.Entry, _ asked: Instant, _ now: Instant) throws -> OutgoingMail? {
        try accounts.member(entry.member).active.flatMap { account in
            mail(entry, to: account, now) {
                .restored(at: asked, needsPassword: account.password == nil, siteName: sheet.siteName)
            }
        }
    }

    func restoredToPrevious(_ entry: Outbox.Entry, _ asked: Instant, _ now: Instant) throws -> OutgoingMail? {
        guard let account = try accounts.member(entry.member).active,
            let end = account.undoDeadline(judgedAt: now, try accounts.policies())
        else { return nil }
        return mail(entry, to: account.previousEmail?.email, now) {
            .restoredToPrevious(undoableUntil: end, at: asked, siteName: sheet.siteName)
        }
    }

    func unusedWarned(_ entry: Outbox.Entry, _ now: Instant) throws -> OutgoingMail? {
        guard let account = try accounts.member(entry.member).active,
            let unused = try accounts.policies().inForce(at: now)?.rules.unusedAccount,
            let warned = account.unusedWarnings.last, account.unusedWarnings.count <= unused.warnBefore.count
        else { return nil }
        let end = warned.adding(unused.warnBefore[account.unusedWarnings.count - 1])
        return mail(entry, to: account, now) { .unusedWarned(closedOn: end, siteName: sheet.siteName) }
    }

    func purgeAnnounced(_ entry: Outbox.Entry, _ now: Instant) throws -> OutgoingMail? {
        let policies = try accounts.policies()
        guard case .closed(let account, let closing) = try accounts.member(entry.member),
            let end = closing.erasureDue(judgedAt: now, policies), now < end
        else { return nil }
        let link = closing.cause.isAppealable ? nil : try restoreLink(of: entry.member, closing, now)
        let isLate = !closing.cause.isAppealable && closing.purgeDue(judgedAt: now, policies) < end
        let receipt = try receipt(of: entry.member)
        return mail(entry, to: account, now) {
            .purgeAnnounced(on: end, isLate: isLate, restoreLink: link, receipt: receipt, siteName: sheet.siteName)
        }
    }

    func purged(_ entry: Outbox.Entry, _ now: Instant) throws -> OutgoingMail? {
        guard case .closed(let account, _) = try accounts.member(entry.member) else { return nil }
        let receipt = try receipt(of: entry.member)
        return mail(entry, to: account, now) { .purged(receipt: receipt, siteName: sheet.siteName) }
    }

    /// The reasons for a closing for breach, or for a deactivation.
    func decided(_ entry: Outbox.Entry, _ asked: Instant, _ now: Instant) throws -> OutgoingMail? {
        let member = try accounts.member(entry.member)
        guard let account = member.account, (member.closing?.at ?? member.deactivation?.at) == asked,
            let notice = try notice(about: entry.member, member, now)
        else { return nil }
        return mail(entry, to: account, now) { .decided(notice, siteName: sheet.siteName) }
    }

    func appealRejected(_ entry: Outbox.Entry, _ asked: Instant, _ now: Instant) throws -> OutgoingMail? {
        let member = try accounts.member(entry.member)
        guard let account = member.account,
            case .rejected(let reasons, at: asked) = member.appeal,
            let reasons = reasons.value.value
        else { return nil }
        return mail(entry, to: account, now) { .appealRejected(reasons, siteName: sheet.siteName) }
    }

    /// The restore link again, or why there is none.
    func restoreLink(_ entry: Outbox.Entry, _ now: Instant) throws -> OutgoingMail? {
        let member = try accounts.member(entry.member)
        guard let account = member.account else { return nil }
        if let closing = member.closing, !closing.cause.isAppealable {
            guard let restoreLink = try restoreLink(of: entry.member, closing, now) else { return nil }
            return mail(entry, to: account, now) { .restoreLink(restoreLink, siteName: sheet.siteName) }
        }
        guard let notice = try notice(about: entry.member, member, now) else { return nil }
        return mail(entry, to: account, now) { .notByOneself(notice, siteName: sheet.siteName) }
    }

    /// For the holder of an address that belongs to a closed account (P-16.6).
    func restoreLink(ofHolderOf email: EmailAddress, _ now: Instant) throws -> RestoreLink? {
        guard let member = try accounts.restorableMember(with: email),
            let closing = try accounts.member(member).closing
        else { return nil }
        return try restoreLink(of: member, closing, now)
    }

    /// Nil if the time for restoring has passed.
    func restoreLink(of member: MemberID, _ closing: Closing, _ now: Instant) throws -> RestoreLink? {
        let end = closing.purgeDue(judgedAt: now, try accounts.policies())
        guard now < end, let link = try accounts.restoreLink(of: member), let token = SecretToken(link.token) else {
            return nil
        }
        try tokens.register(token, .restoreAccount, for: member, until: end)
        return RestoreLink(token: token, until: end)
    }

    func receipt(of member: MemberID) throws -> SecretToken? {
        try accounts.receiptLink(of: member).flatMap { SecretToken($0.token) }
    }

    private func notice(about id: MemberID, _ member: Member, _ now: Instant) throws -> DecisionNotice? {
        let policies = try accounts.policies()
        let measure: DecisionNotice.Measure
        let reasons: StatementOfReasons?
        var texts: RestoreLink?
        switch member {
        case .closed(_, let closing):
            measure = .closed(purgedOn: closing.purgeDue(judgedAt: now, policies))
            reasons = closing.reasons?.value.value
            texts = try restoreLink(of: id, closing, now)
        case .deactivated(_, let deactivation):
            measure = .deactivated(until: deactivation.until)
            reasons = deactivation.reasons.value.value
        case .nobody, .unconfirmed, .awaitingReview, .rejected, .active, .lapsed, .purged: return nil
        }
        guard let reasons else { return nil }
        return DecisionNotice(
            measure: measure, reasons: reasons, appeal: try appeal(of: id, member, now),
            receipt: try receipt(of: id), texts: texts)
    }

    func appeal(of id: MemberID, _ member: Member, _ now: Instant) throws -> (SecretToken, Instant)? {
        guard let end = member.appealDeadline(judgedAt: now, try accounts.policies()), now < end,
            let decision = try accounts.lastDecision(about: id),
            let token = SecretToken(accounts.link(.appeal, to: id, decidedBy: decision.command).token)
        else { return nil }
        try tokens.register(token, .appeal, for: id, until: end)
        return (token, end)
    }
}
