import Accounts
import Events
import Messaging

/// P-01.3: a major change is mailed to every member, or the log says why one got no mail.
struct MajorChangesAreMailed: Invariant {
    static let name = InvariantName.majorChangesAreMailed
    static let sources: Set<ProjectedEvent.Source> = [.accounts, .mail]

    /// A mail is tried again for several days.
    private static let leeway: Double = 7 * 24 * 3600

    private struct Change {
        let mail: MailName
        let position: Int
        let time: Instant
        /// The members who have neither got the mail nor a reason yet.
        var waiting: Set<MemberID>
    }

    /// By the position of the publication.
    private var changes: [Int: Change] = [:]
    private var published: Set<MailName> = []

    mutating func take(_ event: AuditedEvent, after history: History, _ violations: inout Violations) {
        if case .accounts(.policy(let change)) = event.kind { note(change, event, history) }
        guard case .mail(let mail) = event.kind else { return }
        switch mail {
        case .handedOver(let sent), .givenUp(let sent, _), .suppressed(let sent, _):
            guard changes[sent.key.asked]?.mail == sent.key.name else { return }
            changes[sent.key.asked]?.waiting.remove(sent.key.member)
        // The queue was lost and begins again after a position.
        case .released(through: let position):
            for key in changes.keys where key <= position { changes[key] = nil }
        case .bounced, .addressRetried: break
        }
    }

    private mutating func note(_ change: PolicyEvent, _ event: AuditedEvent, _ history: History) {
        let (mail, isMajor): (MailName?, Bool)
        switch change {
        case .policyPublished(let policy): (mail, isMajor) = (.policyChanged, policy.change == .major)
        case .termsPublished(let terms): (mail, isMajor) = (.termsChanged, terms.change == .major)
        case .policyInForce, .termsInForce: return
        }
        // The first version changes nothing.
        guard let mail, !published.insert(mail).inserted, isMajor else { return }
        let members = history.members.filter { $0.value.member.active != nil }
        changes[event.position] = Change(
            mail: mail, position: event.position, time: event.time, waiting: Set(members.keys))
    }

    func conclude(_ history: History, at now: Instant, _ violations: inout Violations) {
        for change in changes.values.sorted(by: { $0.position < $1.position })
        where change.time.isLate(at: now, after: MajorChangesAreMailed.leeway) {
            let left = change.waiting.filter { history.member($0).active != nil }
            for member in left.sorted() {
                violations.add(
                    "\(change.mail.rawValue) was not mailed, and nothing says why", at: change.position, of: member)
            }
        }
    }
}

extension MailName {
    fileprivate static let policyChanged = MailName(rawValue: "policy-changed")
    fileprivate static let termsChanged = MailName(rawValue: "terms-changed")
}
