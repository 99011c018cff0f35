import Accounts
import Events

/// P-16.4: an unused account is closed when its time is out and the warnings were sent. The last administrator's stays.
struct UnusedAccountsAreClosed: Invariant {
    static let name = InvariantName.unusedAccountsAreClosed

    /// When a member last signed in, came back or became a member.
    private var lastUses: [MemberID: Instant] = [:]
    /// When the accounts or roles of staff last changed: an administrator who was the last one may be so no more.
    private var staffChangedAt: Instant?

    mutating func take(_ event: AuditedEvent, after history: History, _ violations: inout Violations) {
        switch event.kind {
        case .accounts(.signIn(.signedIn(let member, _))): lastUses[member] = event.time
        case .accounts(.staff): staffChangedAt = event.time
        case .accounts(.member(.registration(.confirmed))): event.member.map { lastUses[$0] = event.time }
        case .accounts(.member(.closing(let change))):
            if let member = event.member { take(change, member, event, history) }
        case .accounts, .corrections, .oversight, .forum, .conversations, .notifications, .cases, .erasure, .mail,
            .newsletter, .other:
            break
        }
    }

    private mutating func take(
        _ change: ClosingEvent, _ member: MemberID, _ event: AuditedEvent, _ history: History
    ) {
        switch change {
        case .restored, .returned: lastUses[member] = event.time
        case .closed, .purged: lastUses[member] = nil
        case .deactivated, .textsChosen, .restoreLinkRequested, .appealed, .appealRejected, .unusedWarned,
            .purgeAnnounced:
            break
        }
        if isAdministrator(member, history) { staffChangedAt = event.time }
    }

    func conclude(_ history: History, at now: Instant, _ violations: inout Violations) {
        let judged = now.lastLate
        guard history.policies.calendar.inForce(at: judged)?.rules.unusedAccount != nil else { return }
        let administrators = history.staff.members(with: .administrator)
        let suspended = administrators.filter { history.member($0).active == nil }
        for (member, known) in history.members {
            guard let account = known.member.active, let last = lastUses[member],
                UnusedAccount(lastUsed: last, at: judged).due(given: account, policies: history.policies.calendar)
                    == .close
            else { continue }
            if administrators.contains(member) {
                if staffChangedAt.map({ $0 > judged }) ?? false { continue }
                if history.staff.isLastAdministrator(member, excluding: suspended) { continue }
            }
            violations.add("should have been closed, unused since \(last)", at: known.since, of: member)
        }
    }

    private func isAdministrator(_ member: MemberID, _ history: History) -> Bool {
        history.staff.roles(of: member).contains(.administrator)
    }
}
