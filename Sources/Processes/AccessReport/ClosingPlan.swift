package import Accounts
package import Events
import Messaging
import Projections
import SiteMap

/// The dates of what would follow if the account were closed now, by the rules in force (P-16.1).
package struct ClosingPlan: Sendable {
    /// When the account can no longer be restored, nor its data opened.
    package let purge: Instant
    /// When the last backup from which the data can be decrypted is deleted.
    package let lastBackup: Instant

    package init(closingAt time: Instant, judgedAt now: Instant, _ policies: PolicyCalendar) {
        self.init(purge: policies.deadline(from: time, judgedAt: now, \.closedAccount) ?? time, judgedAt: now, policies)
    }

    /// Of an account that is closed.
    package init(_ closing: Closing, judgedAt now: Instant, _ policies: PolicyCalendar) {
        self.init(purge: closing.purgeDue(judgedAt: now, policies), judgedAt: now, policies)
    }

    private init(purge: Instant, judgedAt now: Instant, _ policies: PolicyCalendar) {
        self.purge = purge
        lastBackup = policies.inForce(at: now).map { purge.adding($0.rules.retention.backup) } ?? purge
    }
}

/// A matter that stays open after the account is closed (P-16.1).
package struct OpenMatter: Sendable {
    package let title: String
    package let page: SiteLink
}

extension Application {
    /// The member's open cases, as either party; they outlive the account's closing, and their records have separate retention times.
    package func openMatters(of member: MemberID) throws -> [OpenMatter] {
        let today = clock.now().stockholmDate
        return try views.cases.of(member).filter { !$0.isClosed }.compactMap { entry in
            guard let record = try messaging.record(entry.id), let party = record.file.party(of: member) else {
                return nil
            }
            let conversation = CaseConversation(record: record, party: party, today: today)
            return OpenMatter(
                title: conversation.titleWithMatter, page: .ownCase(entry.id))
        }
    }
}
