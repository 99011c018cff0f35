import Accounts
import Events
import Messaging
import Projections

/// Sends newsletter issues: starts each at its time, adds its recipients to the outbox in batches, and records the end of each mailing.
///
/// Mail that the log records as sent is not sent again, even if the outbox was lost.
struct Mailings: Sendable {
    let application: Application
    let outbox: Outbox

    private static let batch = 500
    /// Maximum number of outbox entries for one issue.
    private static let most = 2000

    /// Starts what is due, and resumes mailings that a lost outbox no longer knows.
    func beginDue() async throws {
        let now = application.clock.now()
        for issue in try application.views.newsletterIssues.due(at: now) {
            try await application.messaging.beginIssue(issue)
        }
        let known = Set(try outbox.mailings().map(\.position))
        let read = try outbox.position
        for (issue, position) in try application.views.newsletterIssues.onTheirWay()
        where position <= read && !known.contains(position) {
            // The views may lag behind the log.
            guard case .sending = try application.messaging.issue(issue) else { continue }
            try outbox.begin(mailing: position)
        }
    }

    /// Translates a newsletter event into changes of the outbox.
    func note(_ known: NewsletterEvent, _ event: RecordedEvent, in changes: inout Outbox.Changes) throws {
        switch known {
        case .begun: changes.begun.append(event.position)
        case .finished(let issue), .stopped(let issue):
            let begun = try application.log.events(in: StreamName(issue)).filter {
                if case .begun = try NewsletterEvent.decode($0) { true } else { false }
            }
            changes.ended += begun.map(\.position)
        case .testRequested:
            guard case .member(let member) = event.actor else { return }
            changes.entries.append(Outbox.Entry(position: event.position, mail: .newsletterTest, member: member))
        case .drafted, .revised, .scheduled, .unscheduled, .discarded, .withdrawn: break
        }
    }

    /// Adds more recipients to the outbox, and ends mailings that have none left.
    /// - Parameter quarantined: mailings that began up to this position are quarantined.
    /// - Returns: whether there is something to send now.
    func extend(after quarantined: Int?) async throws -> Bool {
        for mailing in try outbox.mailings() where mailing.position > quarantined ?? 0 {
            var isWritten = mailing.isWritten
            if !isWritten, try outbox.count(askedBy: mailing.position) < Mailings.most {
                switch try await write(mailing) {
                case .more: return true
                case .everybody: isWritten = true
                case .notNow: break
                }
            }
            if isWritten { try await finish(mailing) }
        }
        return false
    }

    private enum Written {
        case more, everybody
        /// The views lag behind: mail that they do not yet show as sent could be sent twice.
        case notNow
    }

    private func write(_ mailing: Mailing) async throws -> Written {
        guard await application.views.waitUntil(position: application.log.head) else { return .notNow }
        let unset = try application.accounts.policyInForce(at: application.clock.now()).rules.mail.newsletter == .on
        var mailing = mailing
        while true {
            let batch = try application.views.newsletterReaders.batch(
                of: Mailings.batch, after: mailing.cursor, includingUnset: unset, notYet: mailing.position)
            try outbox.extend(mailing, with: batch.members, through: batch.cursor, due: application.clock.now())
            guard batch.members.isEmpty else { return .more }
            guard let cursor = batch.cursor else { return .everybody }
            mailing = Mailing(position: mailing.position, cursor: cursor, isWritten: false)
        }
    }

    private func finish(_ mailing: Mailing) async throws {
        guard try outbox.count(askedBy: mailing.position) == 0 else { return }
        if let issue = try application.messaging.issue(at: mailing.position) {
            try await application.messaging.finishIssue(issue)
        }
        try outbox.end(mailing: mailing.position)
    }
}
