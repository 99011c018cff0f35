package import Events
import GRDB
package import Messaging

/// The outcome of each requested mail: its kind, whom it was about, and how it ended. Neither address nor text.
package enum MailOutcomes: ReadModel {
    static let version = 1

    static let tables = """
        CREATE TABLE mail_outcomes(
          position INTEGER PRIMARY KEY,
          asked INTEGER NOT NULL,
          kind TEXT NOT NULL,
          member INTEGER NOT NULL,
          time INTEGER NOT NULL,
          state TEXT NOT NULL,
          reason TEXT,
          code INTEGER,
          reply INTEGER
        ) STRICT;
        CREATE TABLE mail_bounces(
          position INTEGER PRIMARY KEY,
          asked INTEGER NOT NULL,
          kind TEXT NOT NULL,
          member INTEGER NOT NULL,
          time INTEGER NOT NULL,
          severity TEXT NOT NULL,
          status TEXT NOT NULL
        ) STRICT;
        CREATE INDEX mail_outcomes_of_event ON mail_outcomes(asked, member);
        CREATE INDEX mail_outcomes_of_member ON mail_outcomes(member, position);
        CREATE INDEX mail_bounces_of_event ON mail_bounces(asked, member);
        """

    static let indices = """
        CREATE INDEX mail_outcomes_in_trouble ON mail_outcomes(position) WHERE state = 'given-up';
        CREATE INDEX mail_outcomes_by_time ON mail_outcomes(time, state);
        CREATE INDEX mail_bounces_of_member ON mail_bounces(member, position);
        CREATE INDEX mail_bounces_by_time ON mail_bounces(time, severity);
        """

    static let sources: Set<ProjectedEvent.Source> = [.mail]

    package enum State: String, Sendable {
        case handedOver = "handed-over"
        case givenUp = "given-up"
        case suppressed
    }

    static func apply(_ event: ProjectedEvent, to views: ViewWriter) throws {
        guard case .mail(let known) = event.kind else { return }
        switch known {
        case .handedOver(let mail): try note(mail, .handedOver, by: event, in: views)
        case .givenUp(let mail, let end):
            try note(mail, .givenUp, because: end.reason.rawValue, end, by: event, in: views)
        case .suppressed(let mail, let reason):
            try note(mail, .suppressed, because: reason.rawValue, by: event, in: views)
        case .bounced(let bounce):
            try views.run(
                "INSERT INTO mail_bounces VALUES (?, ?, ?, ?, ?, ?, ?)", .integer(event.recorded.position),
                .integer(bounce.key.asked), .text(bounce.key.name.rawValue), .id(bounce.key.member),
                .time(event.recorded.time), .text(bounce.severity.rawValue), .text(bounce.status.description))
        case .released, .addressRetried: break
        }
    }

    private static func note(
        _ mail: SentMail, _ state: State, because reason: String? = nil, _ end: GivingUp? = nil,
        by event: ProjectedEvent, in views: ViewWriter
    ) throws {
        try views.run(
            "INSERT INTO mail_outcomes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", .integer(event.recorded.position),
            .integer(mail.key.asked), .text(mail.key.name.rawValue), .id(mail.key.member), .time(event.recorded.time),
            .text(state.rawValue), .optional(reason), end?.code.map(SQLValue.integer) ?? nil,
            end?.reply.map(SQLValue.integer) ?? nil)
    }
}

extension MailOutcomes {
    package struct Outcome: Sendable {
        package let position: Int
        package let name: String
        package let time: Instant
        package let state: State
        package let reason: String?
        package let code: Int?
        package let reply: Int?

        fileprivate init?(_ row: ViewRow) {
            guard let state: State = row.code("state") else { return nil }
            self.state = state
            position = row["position"]
            name = row["kind"]
            time = row["time"]
            reason = row["reason"]
            code = row["code"]
            reply = row["reply"]
        }
    }

    package struct Returned: Sendable {
        package let name: String
        package let time: Instant
        package let severity: Bounce.Severity
        package let status: String

        fileprivate init?(_ row: ViewRow) {
            guard let severity: Bounce.Severity = row.code("severity") else { return nil }
            self.severity = severity
            name = row["kind"]
            time = row["time"]
            status = row["status"]
        }
    }

    package struct Queries {
        let source: QuerySource

        /// All mail that was sent to a member, given up or suppressed, the newest first.
        package func of(_ member: MemberID) throws -> [Outcome] {
            try source.rows(
                "SELECT * FROM mail_outcomes WHERE member = ? ORDER BY position DESC", [member.column], Outcome.init)
        }

        /// The returned mail of a member, the newest first.
        package func returned(to member: MemberID) throws -> [Returned] {
            try source.rows(
                "SELECT * FROM mail_bounces WHERE member = ? ORDER BY position DESC", [member.column], Returned.init)
        }

        /// The mails to a member that an event asked for and that were handed over.
        package func handedOver(askedBy position: Int, to member: MemberID) throws -> [Outcome] {
            try source.rows(
                "SELECT * FROM mail_outcomes WHERE asked = ? AND member = ? AND state = ? ORDER BY position",
                [position, member.column, State.handedOver.rawValue], Outcome.init)
        }

        /// The number of mails by outcome, since a time.
        package func counts(since time: Instant) throws -> [State: Int] {
            var counts: [State: Int] = [:]
            try source.forEachRow(
                "SELECT state, count(*) AS mails FROM mail_outcomes WHERE time >= ? GROUP BY state",
                [time.milliseconds]
            ) { row in
                if let state: State = row.code("state") { counts[state] = row["mails"] }
            }
            return counts
        }

        package func returnedCounts(since time: Instant) throws -> [Bounce.Severity: Int] {
            var counts: [Bounce.Severity: Int] = [:]
            try source.forEachRow(
                "SELECT severity, count(*) AS mails FROM mail_bounces WHERE time >= ? GROUP BY severity",
                [time.milliseconds]
            ) { row in
                if let severity: Bounce.Severity = row.code("severity") { counts[severity] = row["mails"] }
            }
            return counts
        }

        /// The mails that were given up most recently.
        package func givenUp(limit: Int) throws -> [Outcome] {
            try source.rows(
                "SELECT * FROM mail_outcomes WHERE state = 'given-up' ORDER BY position DESC LIMIT ?", [limit],
                Outcome.init)
        }
    }
}
