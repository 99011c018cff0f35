package import Accounts
package import Events
package import Forum
package import Messaging
package import Projections

/// Ends the retention of everything that the policy in force limits, when its time is over (P-16.3, P-16.5).
///
/// Each step decides from the current log: run late, twice, or while a member restores her account, it does only what is due.
package struct RetentionEngine: Sendable {
    package let accounts: Accounts
    package let forum: Forum
    package let messaging: Messaging
    package let log: EventLog
    package let views: Views
    package let clock: Clock
    package let confirmation: ErasureConfirmation
    package let textsIdentifyingTheAuthor: @Sendable (MemberID) async throws -> [Subject]

    static let page = 500

    /// Everything that is due, without acting on it.
    package func due() throws -> [RetentionDue] { try due(at: clock.now(), under: accounts.policies()) }

    /// The same at a given time and under the given policies.
    package func due(at time: Instant, under policies: PolicyCalendar) throws -> [RetentionDue] {
        try RetentionRule.allCases.flatMap { rule in try due(by: rule, at: time, policies) }
    }

    /// Ends everything that is due; a failure holds up nothing else, and is tried again at the next run.
    package func run() async throws -> RetentionRun {
        var run = RetentionRun()
        run.holdsEnded = try await endHolds()
        run.deferred = try await accounts.makeDeferredErasures()
        for rule in RetentionRule.allCases {
            // Waits because events appended for earlier rules may list items under later ones.
            _ = await views.waitUntil(position: log.head)
            if rule == .signInDetails {
                await endSignInDetails(&run)
                continue
            }
            let time = clock.now()
            for item in try due(by: rule, at: time, try accounts.policies()) {
                do {
                    if try await end(item) { run.done[rule, default: 0] += 1 }
                } catch let error where !(error is CancellationError) {
                    run.failed[rule, default: 0] += 1
                }
            }
        }
        return run
    }

    private func due(by rule: RetentionRule, at time: Instant, _ policies: PolicyCalendar) throws -> [RetentionDue] {
        let kind: RetentionSchedule.Kind
        switch rule.list {
        case .members(let listed): kind = listed
        case .subjects(let subjectRule): return try due(by: rule, subjectRule, at: time, policies)
        case .staffNames:
            return try accounts.formerStaffNames(at: time, under: policies).compactMap { name, end in
                guard let end, time >= end else { return nil }
                return RetentionDue(rule: rule, id: "\(name.subject)", since: name.since, due: end)
            }
        }
        var found: [RetentionDue] = []
        var last: RetentionSchedule.Entry?
        while true {
            let entries = try views.retention.entries(kind, after: last, limit: RetentionEngine.page)
            for entry in entries {
                switch try judge(entry, by: rule, at: time, policies) {
                // Later entries are younger and cannot be due: a version that shortens the time shortens it for older entries too.
                case .notYet: return found
                case .nothing: break
                case .due(let due):
                    found.append(RetentionDue(rule: rule, id: entry.id, since: entry.since, due: due))
                }
            }
            guard let newest = entries.last, entries.count == RetentionEngine.page else { return found }
            last = newest
        }
    }

    enum Verdict {
        case due(Instant)
        /// Not due yet, or never.
        case notYet
        /// The time is over, but nothing is to be done.
        case nothing
    }

    private func judge(
        _ entry: RetentionSchedule.Entry, by rule: RetentionRule, at time: Instant, _ policies: PolicyCalendar
    ) throws -> Verdict {
        let judge = { (end: Instant?) -> Verdict in
            guard let end, time >= end else { return .notYet }
            return .due(end)
        }
        switch rule {
        case .unconfirmedSignUp:
            return judge(policies.deadline(from: entry.since, judgedAt: time, \.unconfirmedSignUp))
        case .pendingReview: return judge(policies.deadline(from: entry.since, judgedAt: time, \.pendingRegistration))
        case .duplicateAccount:
            guard case .due(let end) = judge(policies.deadline(from: entry.since, judgedAt: time, \.duplicateAccount))
            else { return .notYet }
            return try isLiving(entry.id) ? .due(end) : .nothing
        case .endedDuplicate:
            guard let window = policies.shortest(from: entry.since, judgedAt: time, { $0.deadlines.appealWindow }),
                time >= window
            else { return .notYet }
            guard let member = MemberID(entry.id), let closing = try accounts.member(member).closing,
                let erasure = closing.erasureDue(judgedAt: time, policies), time >= erasure, try !isOnHold(member)
            else { return .nothing }
            return .due(max(window, erasure))
        case .previousEmail: return judge(policies.deadline(from: entry.since, judgedAt: time, \.emailUndo))
        case .correction, .signInDetails, .formerStaffName: return .notYet
        case .supportCase, .correctionCase, .reportCase, .disputeCase, .rightsCase:
            return try verdict(onCase: entry, by: rule, at: time, policies)
        case .waitingCase: return try verdict(onWaitingCase: entry, at: time, policies)
        case .deactivatedAccount:
            return judge(policies.shortest(from: entry.since, judgedAt: time) { $0.unreturnedCountsAsClosedAfter })
        case .closedAccount:
            guard case .due(let end) = judge(policies.deadline(from: entry.since, judgedAt: time, \.closedAccount))
            else {
                return .notYet
            }
            guard let member = MemberID(entry.id), let closing = try accounts.member(member).closing,
                let erasure = closing.erasureDue(judgedAt: time, policies), time >= erasure, try !isOnHold(member)
            else { return .nothing }
            return .due(max(end, erasure))
        case .abandonedConversation:
            // Reported messages may have to be read again until the report is decided.
            guard let id = ConversationID(entry.id), try !isAboutOpenCase(id) else { return .nothing }
            return judge(entry.since)
        case .deletedPost, .deletedRevision, .deletedMessage:
            guard case .due(let end) = judge(policies.deadline(from: entry.since, judgedAt: time, \.deletedText))
            else { return .notYet }
            return try isNeeded(entry.id, by: rule) ? .nothing : .due(end)
        case .purgeNotice:
            // The account was restored after it was listed, which says nothing about the next entry.
            guard let member = MemberID(entry.id), let closing = try accounts.member(member).closing else {
                return .nothing
            }
            guard let notice = closing.purgeNoticeDue(judgedAt: time, policies), time >= notice else { return .notYet }
            return closing.announcedAt == nil && closing.isNoticeDue(judgedAt: time, policies) ? .due(notice) : .nothing
        case .unusedAccount:
            guard let warning = UnusedAccount(lastUsed: entry.since, at: time).firstWarning(policies), time >= warning
            else { return .notYet }
            guard let member = MemberID(entry.id), let account = try accounts.member(member).active else {
                return .nothing
            }
            let step = UnusedAccount(lastUsed: entry.since, at: time).due(given: account, policies: policies)
            return step == nil ? .nothing : .due(warning)
        }
    }

    /// Whether a duplicate is still to be ended: it may have been closed otherwise. The last administrator is exempt.
    private func isLiving(_ id: String) throws -> Bool {
        guard let member = MemberID(id) else { return false }
        switch try accounts.member(member) {
        case .active, .deactivated: return try !accounts.isLastAdministrator(member)
        case .nobody, .unconfirmed, .awaitingReview, .rejected, .closed, .lapsed, .purged: return false
        }
    }

    /// - Returns: false if it was already done, or is no longer due.
    private func end(_ item: RetentionDue) async throws -> Bool {
        switch item.rule {
        case .signInDetails:
            guard let subject = Subject(item.id) else { return false }
            return try await accounts.erase(signIns: [(subject, item.since)]) > 0
        case .formerStaffName:
            guard let subject = Subject(item.id) else { return false }
            return try await accounts.forgetStaffName(subject)
        case .correction:
            guard let correction = CorrectionID(item.id) else { return false }
            return try await accounts.eraseDecided(correction)
        case .supportCase, .correctionCase, .reportCase, .disputeCase, .rightsCase:
            guard let id = CaseID(item.id) else { return false }
            return try await messaging.erase(id) { file in
                // A case reopened after it was listed is not due: its time starts again when it is closed.
                if case .closed(at: item.since) = file.phase { true } else { false }
            }
        case .waitingCase:
            guard let id = CaseID(item.id) else { return false }
            return try await messaging.closeWaiting(id, since: item.since)
        case .abandonedConversation:
            guard let id = ConversationID(item.id) else { return false }
            return try await messaging.eraseConversation(id)
        case .deletedPost, .deletedRevision, .deletedMessage: return try await erase(item.id, deletedUnder: item.rule)
        case .unconfirmedSignUp, .pendingReview, .duplicateAccount, .previousEmail, .unusedAccount,
            .deactivatedAccount, .purgeNotice, .closedAccount, .endedDuplicate:
            guard let member = MemberID(item.id) else { return false }
            return try await end(item.rule, of: member, since: item.since)
        }
    }

    private func end(_ rule: RetentionRule, of member: MemberID, since: Instant) async throws -> Bool {
        switch rule {
        case .unconfirmedSignUp, .pendingReview: return try await accounts.lapse(member)
        case .duplicateAccount:
            return try await accounts.endDuplicate(member) { try await textsIdentifyingTheAuthor(member) }
        case .previousEmail: return try await accounts.completeEmailChange(of: member)
        case .unusedAccount:
            return try await accounts.processInactivity(of: member, lastUsed: since) {
                try await textsIdentifyingTheAuthor(member)
            } != nil
        case .deactivatedAccount:
            return try await accounts.closeUnreturned(member) { try await textsIdentifyingTheAuthor(member) }
        case .purgeNotice: return try await accounts.announcePurge(of: member)
        case .closedAccount, .endedDuplicate: return try await purge(member)
        case .signInDetails, .formerStaffName, .correction, .supportCase, .correctionCase, .reportCase, .disputeCase,
            .rightsCase, .waitingCase, .abandonedConversation, .deletedPost, .deletedRevision, .deletedMessage:
            return false
        }
    }

    /// Writes the confirmation before the address is erased, and sends it once afterwards; a failure to send does not delay the erasure.
    /// - Parameter order: an administrator's reason for erasing before the time is over.
    package func purge(_ member: MemberID, ordered order: PurgeReason? = nil, by actor: Actor = .system) async throws
        -> Bool
    {
        let send = confirmation.prepare(member)
        // A text that was deleted or removed just before must be in the views.
        _ = await views.waitUntil(position: log.head)
        let purged = try await accounts.purge(member, ordered: order, by: actor) {
            try textsToErase(of: member, marked: $0)
        }
        guard purged else { return false }
        await send()
        return true
    }
}
