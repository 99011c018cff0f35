import Accounts
import Events
import Messaging
import Projections

/// Whether the time of a listed thing is over, judged from the log and the policies.
extension RetentionEngine {
    enum Verdict {
        case due(Instant)
        /// Not due yet, or never.
        case notYet
        /// The time is over, but nothing is to be done.
        case nothing
    }

    func judge(
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
        case .previousEmail:
            let verdict = judge(policies.deadline(from: entry.since, judgedAt: time, \.emailUndo))
            guard case .due = verdict, let member = MemberID(entry.id), try isOnHold(member) else { return verdict }
            return .nothing
        case .correction, .signInDetails, .formerStaffName: return .notYet
        case .supportCase:
            return try verdict(
                onCase: entry, policies.deadline(from: entry.since, judgedAt: time, \.supportCase), time)
        case .correctionCase:
            return try verdict(
                onCase: entry, policies.deadline(from: entry.since, judgedAt: time, \.correctionCase), time)
        case .reportCase:
            return try verdict(
                onCase: entry, policies.deadline(from: entry.since, judgedAt: time, \.reportCase), time)
        case .disputeCase:
            return try verdict(
                onCase: entry, policies.deadline(from: entry.since, judgedAt: time, \.disputeCase), time)
        case .rightsCase:
            return try verdict(
                onCase: entry, policies.deadline(from: entry.since, judgedAt: time, \.rightsCase), time)
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
        case .purgeNotice:
            // The account was restored after it was listed, which says nothing about the next entry.
            guard let member = MemberID(entry.id), let closing = try accounts.member(member).closing else {
                return .nothing
            }
            guard let notice = closing.purgeNoticeDue(judgedAt: time, policies), time >= notice else { return .notYet }
            return closing.announcedAt == nil && closing.isNoticeDue(judgedAt: time, policies) ? .due(notice) : .nothing
        case .unusedAccount:
            guard let warning = UnusedAccount(lastUsed: entry.since, at: time).firstNotice(policies), time >= warning
            else { return .notYet }
            guard let member = MemberID(entry.id), let account = try accounts.member(member).active else {
                return .nothing
            }
            let step = UnusedAccount(lastUsed: entry.since, at: time).due(given: account, policies: policies)
            return step == nil ? .nothing : .due(warning)
        }
    }

    private func isAboutOpenCase(_ id: ConversationID) throws -> Bool {
        try views.reportedMessages.positions(in: id).contains { position in
            guard let id = try log.caseOfReport(at: position), let file = try messaging.record(id)?.file else {
                return false
            }
            return !file.isClosed
        }
    }

    /// A legal hold on either party suspends the erasure (P-10.1).
    private func verdict(
        onCase entry: RetentionSchedule.Entry, _ end: Instant?, _ time: Instant
    ) throws -> Verdict {
        guard let end, time >= end else { return .notYet }
        guard let id = CaseID(entry.id), let file = try messaging.record(id)?.file else { return .nothing }
        for member in [file.opener, file.other].compactMap(\.self) where try isOnHold(member) { return .nothing }
        return .due(end)
    }

    /// Whether a legal hold forbids erasing anything of the member for now (P-10.1).
    private func isOnHold(_ member: MemberID) throws -> Bool {
        guard case .active = try accounts.hold(on: member) else { return false }
        return true
    }

    func isOnHold(_ entry: RetentionSchedule.RetainedSubject, by rule: RetentionSchedule.SubjectRule) throws
        -> Bool
    {
        let member: MemberID? =
            switch rule {
            case .signIn: MemberID(entry.id)
            case .correction: try CorrectionID(entry.id).flatMap { try accounts.correction($0).correction?.member }
            }
        return try member.map(isOnHold) ?? false
    }
}
