package import Events
package import GRDB
package import Messaging

/// What became of each mail that was asked for. Neither address nor text: only its kind, whom it was about, and how it ended.
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

        fileprivate init?(_ row: Row) {
            guard let state = State(rawValue: row["state"]) else { return nil }
            self.state = state
            position = row["position"]
            name = row["kind"]
            time = Instant(milliseconds: row["time"])
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

        fileprivate init?(_ row: Row) {
            guard let severity = Bounce.Severity(rawValue: row["severity"]) else { return nil }
            self.severity = severity
            name = row["kind"]
            time = Instant(milliseconds: row["time"])
            status = row["status"]
        }
    }

    /// Everything that was sent to a member, or was to be, the newest first.
    package static func of(_ member: MemberID, in database: Database) throws -> [Outcome] {
        try Row.fetchAll(
            database, sql: "SELECT * FROM mail_outcomes WHERE member = ? ORDER BY position DESC",
            arguments: [member.column]
        ).compactMap(Outcome.init)
    }

    /// What of it came back.
    package static func returned(to member: MemberID, in database: Database) throws -> [Returned] {
        try Row.fetchAll(
            database, sql: "SELECT * FROM mail_bounces WHERE member = ? ORDER BY position DESC",
            arguments: [member.column]
        ).compactMap(Returned.init)
    }

    /// The mails that an event asked for about a member and that were handed over.
    package static func handedOver(askedBy position: Int, to member: MemberID, in database: Database) throws
        -> [Outcome]
    {
        try Row.fetchAll(
            database,
            sql: "SELECT * FROM mail_outcomes WHERE asked = ? AND member = ? AND state = ? ORDER BY position",
            arguments: [position, member.column, State.handedOver.rawValue]
        ).compactMap(Outcome.init)
    }

    /// How many ended in which way since a moment.
    package static func counts(since time: Instant, in database: Database) throws -> [State: Int] {
        var counts: [State: Int] = [:]
        let rows = try Row.fetchAll(
            database, sql: "SELECT state, count(*) FROM mail_outcomes WHERE time >= ? GROUP BY state",
            arguments: [time.milliseconds])
        for row in rows { if let state = State(rawValue: row[0]) { counts[state] = row[1] } }
        return counts
    }

    package static func returnedCounts(since time: Instant, in database: Database) throws -> [Bounce.Severity: Int] {
        var counts: [Bounce.Severity: Int] = [:]
        let rows = try Row.fetchAll(
            database, sql: "SELECT severity, count(*) FROM mail_bounces WHERE time >= ? GROUP BY severity",
            arguments: [time.milliseconds])
        for row in rows { if let severity = Bounce.Severity(rawValue: row[0]) { counts[severity] = row[1] } }
        return counts
    }

    /// The mails that were given up last.
    package static func givenUp(limit: Int, in database: Database) throws -> [Outcome] {
        try Row.fetchAll(
            database, sql: "SELECT * FROM mail_outcomes WHERE state = 'given-up' ORDER BY position DESC LIMIT ?",
            arguments: [limit]
        ).compactMap(Outcome.init)
    }
}
