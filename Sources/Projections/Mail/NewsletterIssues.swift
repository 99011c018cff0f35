import Accounts
package import Events
import GRDB
import Messaging

/// The issues of the newsletter, with the state of each. Their text is read from the log.
package enum NewsletterIssues: ReadModel {
    static let version = 1

    static let tables = """
        CREATE TABLE newsletter_issues(
          id INTEGER PRIMARY KEY,
          state TEXT NOT NULL,
          drafted INTEGER NOT NULL,
          due INTEGER,
          -- The position of the event that started the mailing; its mails refer to it.
          begun INTEGER,
          published INTEGER,
          ended INTEGER,
          unsubscribed INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        CREATE INDEX newsletter_issues_by_begin ON newsletter_issues(begun) WHERE begun IS NOT NULL;
        """

    static let indices = """
        CREATE INDEX newsletter_issues_by_state ON newsletter_issues(state, due);
        """

    static let sources: Set<ProjectedEvent.Source> = [.newsletter, .accounts]

    package enum State: String, Sendable {
        case draft, scheduled, sending, sent, stopped
    }

    static func apply(_ event: ProjectedEvent, to views: ViewWriter) throws {
        switch event.kind {
        case .newsletter(let known): try follow(known, event.recorded, in: views)
        case .accounts(.member(.consent(.newsletterAnswered(let answer)))):
            if !answer.isYes, let member = event.member { try note(unsubscribed: member, in: views) }
        case .accounts, .corrections, .oversight, .forum, .conversations, .notifications, .cases, .mail, .erasure,
            .other:
            break
        }
    }

    private static func follow(_ known: NewsletterEvent, _ event: RecordedEvent, in views: ViewWriter) throws {
        switch known {
        case .drafted(let id, _):
            try views.run(
                "INSERT INTO newsletter_issues(id, state, drafted) VALUES (?, 'draft', ?)", .id(id), .time(event.time))
        case .scheduled(let id, let due):
            try views.run(
                "UPDATE newsletter_issues SET state = 'scheduled', due = ? WHERE id = ?", .time(due), .id(id))
        case .unscheduled(let id):
            try views.run("UPDATE newsletter_issues SET state = 'draft', due = NULL WHERE id = ?", .id(id))
        case .begun(let id):
            try views.run(
                "UPDATE newsletter_issues SET state = 'sending', begun = ?, published = ? WHERE id = ?",
                .integer(event.position), .time(event.time), .id(id))
        case .finished(let id):
            try views.run(
                "UPDATE newsletter_issues SET state = 'sent', ended = ? WHERE id = ?", .time(event.time), .id(id))
        case .stopped(let id):
            try views.run(
                "UPDATE newsletter_issues SET state = 'stopped', ended = ? WHERE id = ?", .time(event.time), .id(id))
        case .discarded(let id), .withdrawn(let id):
            try views.run("DELETE FROM newsletter_issues WHERE id = ?", .id(id))
        case .revised, .testRequested: break
        }
    }

    /// Counts an unsubscription for the last issue that the member got, which needs no link that identifies the reader.
    private static func note(unsubscribed member: MemberID, in views: ViewWriter) throws {
        let last = try views.integer(
            """
            SELECT asked FROM mail_outcomes WHERE member = ? AND kind = 'newsletter' AND state = 'handed-over'
            ORDER BY position DESC LIMIT 1
            """, .id(member))
        guard let last else { return }
        try views.run(
            "UPDATE newsletter_issues SET unsubscribed = unsubscribed + 1 WHERE begun = ?", .integer(last))
    }
}

extension NewsletterIssues {
    package static let pageSize = 20

    package struct Entry: Sendable {
        package let id: IssueID
        package let state: State
        package let drafted: Instant
        package let due: Instant?
        package let begun: Int?
        package let published: Instant?
        package let ended: Instant?
        package let unsubscribed: Int

        fileprivate init?(_ row: ViewRow) {
            guard let state: State = row.code("state") else { return nil }
            id = row["id"]
            self.state = state
            drafted = row["drafted"]
            due = row["due"]
            begun = row["begun"]
            published = row["published"]
            ended = row["ended"]
            unsubscribed = row["unsubscribed"]
        }
    }

    /// The final outcomes of an issue's mails.
    package struct Figures: Sendable {
        package let handedOver: Int
        package let givenUp: Int
        package let suppressed: Int
        package let bounced: Int
        package let unsubscribed: Int
    }

    package struct Queries {
        let source: QuerySource

        /// The newest first.
        package func page(_ number: Int) throws -> (entries: [Entry], count: Int) {
            try page(number, where: "true", by: "drafted")
        }

        /// The public issues, the newest first.
        package func archive(page number: Int) throws -> (entries: [Entry], count: Int) {
            try page(number, where: "published IS NOT NULL", by: "published")
        }

        private func page(
            _ number: Int, where condition: String, by time: String
        ) throws -> (entries: [Entry], count: Int) {
            try source.read { snapshot in
                let source = snapshot.source
                let entries = try source.rows(
                    """
                    SELECT * FROM newsletter_issues WHERE \(condition) ORDER BY \(time) DESC, id
                    LIMIT \(pageSize) OFFSET ?
                    """, [(number - 1) * pageSize], Entry.init)
                return (entries, try source.count("SELECT count(*) FROM newsletter_issues WHERE \(condition)"))
            }
        }

        package func find(_ id: IssueID) throws -> Entry? {
            try source.row("SELECT * FROM newsletter_issues WHERE id = ?", [id.column], Entry.init)
        }

        /// The issues that are due to be sent.
        package func due(at now: Instant) throws -> [IssueID] {
            try source.ids(
                "SELECT id FROM newsletter_issues WHERE state = 'scheduled' AND due <= ? ORDER BY due, id",
                [now.milliseconds])
        }

        package func onTheirWay() throws -> [(issue: IssueID, begun: Int)] {
            try source.rows("SELECT id, begun FROM newsletter_issues WHERE state = 'sending' ORDER BY begun") { row in
                (row["id"], row["begun"])
            }
        }

        package func figures(of entry: Entry) throws -> Figures {
            try source.read { snapshot in
                let source = snapshot.source
                let mails: StatementArguments = [entry.begun, MailName.newsletter.rawValue]
                var counts: [String: Int] = [:]
                try source.forEachRow(
                    "SELECT state, count(*) AS mails FROM mail_outcomes WHERE asked = ? AND kind = ? GROUP BY state",
                    mails
                ) { row in
                    counts[row["state"]] = row["mails"]
                }
                return Figures(
                    handedOver: counts["handed-over"] ?? 0, givenUp: counts["given-up"] ?? 0,
                    suppressed: counts["suppressed"] ?? 0,
                    bounced: try source.count(
                        "SELECT count(DISTINCT member) FROM mail_bounces WHERE asked = ? AND kind = ?", mails),
                    unsubscribed: entry.unsubscribed)
            }
        }
    }
}
