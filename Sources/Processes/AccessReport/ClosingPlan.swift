package import Accounts
package import Events
import Messaging
import Projections
import SiteMap

/// What happens when, should somebody close the account now: from the rules in force, with real dates (P-16.1).
package struct ClosingPlan: Sendable {
    /// From this moment on there is no way back, and nobody opens the data.
    package let purge: Instant
    /// When the last backup that can open them is gone.
    package let lastBackup: Instant

    package init(closingAt time: Instant, judgedAt now: Instant, _ policies: PolicyCalendar) {
        let purge = policies.deadline(from: time, judgedAt: now, \.closedAccount) ?? time
        self.purge = purge
        lastBackup = policies.inForce(at: now).map { purge.adding($0.rules.retention.backup) } ?? purge
    }
}

/// A matter that goes on although the account is closed (P-16.1).
package struct OpenMatter: Sendable {
    package let title: String
    package let page: SiteLink
}

extension Application {
    /// The member's open cases, as either party. They go on after the account is closed, and their records keep a time of their own.
    package func openMatters(of member: MemberID) throws -> [OpenMatter] {
        let today = clock.now().stockholmDate
        return try views.cases.of(member).filter { !$0.isClosed }.compactMap { entry in
            guard let record = try messaging.record(entry.id), let party = record.file.party(of: member) else {
                return nil
            }
            let conversation = CaseConversation(record: record, party: party, today: today)
            return OpenMatter(
                title: "\(entry.matter.swedish): \(conversation.title)", page: .ownCase(entry.id))
        }
    }
}
