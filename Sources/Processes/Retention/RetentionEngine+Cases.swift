import Accounts
import Events
import Messaging
import Projections

extension RetentionEngine {
    /// A legal hold on either party suspends the erasure of a case (P-10.1).
    func verdict(
        onCase entry: RetentionSchedule.Entry, by rule: RetentionRule, at time: Instant, _ policies: PolicyCalendar
    ) throws -> Verdict {
        guard let period = rule.caseRetention,
            let end = policies.deadline(from: entry.since, judgedAt: time, period), time >= end
        else { return .notYet }
        guard let id = CaseID(entry.id), let file = try messaging.record(id)?.file else { return .nothing }
        for member in [file.opener, file.other].compactMap(\.self) where try isOnHold(member) { return .nothing }
        return .due(end)
    }

    /// An open case ends when its party has not answered for the time that it would be kept once closed; a legal hold changes nothing by that.
    func verdict(
        onWaitingCase entry: RetentionSchedule.Entry, at time: Instant, _ policies: PolicyCalendar
    ) throws -> Verdict {
        let ended = CaseMatter.allCases.filter(\.isEndedByWaiting)
        let deadlines = ended.compactMap { policies.deadline(from: entry.since, judgedAt: time, $0.retention) }
        guard let first = deadlines.min(), time >= first else { return .notYet }
        // The kinds of cases have different limits: a later entry may be due before this one.
        guard let id = CaseID(entry.id), let file = try messaging.record(id)?.file,
            let end = policies.deadline(from: entry.since, judgedAt: time, file.topic.matter.retention), time >= end
        else { return .nothing }
        return .due(end)
    }

    func isAboutOpenCase(_ id: ConversationID) throws -> Bool {
        try views.reportedMessages.positions(in: id).contains { position in
            guard let id = try log.caseOfReport(at: position), let file = try messaging.record(id)?.file else {
                return false
            }
            return !file.isClosed
        }
    }

    /// Whether a legal hold forbids erasing anything of the member for now (P-10.1).
    func isOnHold(_ member: MemberID) throws -> Bool {
        guard case .active = try accounts.hold(on: member) else { return false }
        return true
    }
}

extension RetentionRule {
    /// How long a closed case is kept; nil for rules about other things.
    fileprivate var caseRetention: ((RetentionRules) -> Period)? {
        switch self {
        case .supportCase: \.supportCase
        case .correctionCase: \.correctionCase
        case .reportCase: \.reportCase
        case .disputeCase: \.disputeCase
        case .rightsCase: \.rightsCase
        case .unconfirmedSignUp, .pendingReview, .duplicateAccount, .endedDuplicate, .previousEmail, .signInDetails,
            .formerStaffName, .correction, .waitingCase, .unusedAccount, .deactivatedAccount, .purgeNotice,
            .closedAccount, .abandonedConversation, .deletedPost, .deletedRevision, .deletedMessage:
            nil
        }
    }
}
