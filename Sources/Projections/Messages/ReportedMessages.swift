package import Events
package import GRDB
package import Messaging

/// The private messages that were reported, and when an administrator read them. What they say is opened from the log.
package enum ReportedMessages: ReadModel {
    static let version = 1

    static let tables = """
        CREATE TABLE message_reports(
          position INTEGER PRIMARY KEY,
          conversation INTEGER NOT NULL,
          message INTEGER NOT NULL,
          reporter INTEGER NOT NULL,
          reason TEXT NOT NULL,
          reported INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX reports_of_message ON message_reports(message);
        CREATE TABLE message_openings(
          position INTEGER PRIMARY KEY,
          conversation INTEGER NOT NULL,
          message INTEGER NOT NULL,
          reason TEXT NOT NULL,
          opened INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX openings_of_conversation ON message_openings(conversation, message);
        """

    static let sources: Set<ProjectedEvent.Source> = [.conversations]

    static func apply(_ event: ProjectedEvent, to views: ViewWriter) throws {
        guard case .conversations(let conversation) = event.kind else { return }
        let recorded = event.recorded
        switch conversation {
        case .reported(let id, let report):
            try views.run(
                "INSERT INTO message_reports VALUES (?, ?, ?, ?, ?, ?)", .integer(recorded.position), .id(id),
                .id(report.message), .id(report.reporter), .text(report.reason.rawValue), .time(recorded.time))
        case .opened(let id, let message, let reason):
            try views.run(
                "INSERT INTO message_openings VALUES (?, ?, ?, ?, ?)", .integer(recorded.position), .id(id),
                .id(message), .text(reason.rawValue), .time(recorded.time))
        case .erased(let id):
            try views.run("DELETE FROM message_reports WHERE conversation = ?", .id(id))
            try views.run("DELETE FROM message_openings WHERE conversation = ?", .id(id))
        case .begun, .sent, .read, .left, .muted, .unmuted, .messageErased, .blocked, .unblocked: break
        }
    }
}

extension ReportedMessages {
    /// One report, as a case begins from it.
    package struct Report: Sendable {
        package let position: Int
        package let conversation: ConversationID
        package let message: MessageID
        package let reporter: MemberID
        package let reason: MessageReportReason
    }

    /// The latest first.
    package static func latest(_ limit: Int, in database: Database) throws -> [Report] {
        try Row.fetchAll(
            database,
            sql:
                "SELECT position, conversation, message, reporter, reason FROM message_reports ORDER BY position DESC LIMIT ?",
            arguments: [limit]
        ).compactMap { row in
            MessageReportReason(rawValue: row[4]).map { reason in
                Report(
                    position: row[0], conversation: ConversationID(column: row[1]), message: MessageID(column: row[2]),
                    reporter: MemberID(column: row[3]), reason: reason)
            }
        }
    }

    /// Those of one conversation.
    package static func positions(in conversation: ConversationID, _ database: Database) throws -> [Int] {
        try Int.fetchAll(
            database, sql: "SELECT position FROM message_reports WHERE conversation = ? ORDER BY position",
            arguments: [conversation.column])
    }

    package static let pageSize = 50

    /// One reported message, with the newest of its reports.
    package struct Entry: Sendable {
        package let message: MessageID
        package let conversation: ConversationID
        package let author: PublicMember
        package let reporter: PublicMember
        package let reason: MessageReportReason
        package let reported: Instant
        package let reports: Int
        /// How often an administrator has read it.
        package let openings: Int
    }

    package struct Opening: Sendable {
        package let message: MessageID
        package let reason: OpeningReason
        package let time: Instant
    }

    private static let entries = """
        SELECT r.message, r.conversation, p.author, a.username, r.reporter, b.username, r.reason, max(r.reported),
          count(*), (SELECT count(*) FROM message_openings o WHERE o.message = r.message)
        FROM message_reports r JOIN private_messages p ON p.id = r.message
          LEFT JOIN members a ON a.id = p.author LEFT JOIN members b ON b.id = r.reporter
        """

    /// Participants of a conversation handle no report of it (P-08.2); for statements that bind the reader once.
    private static let hidesFromReader =
        "r.conversation NOT IN (SELECT conversation FROM conversation_members WHERE member = ?)"

    /// Those that the reader handles, the newest first.
    package static func page(_ page: Int, for reader: MemberID, in database: Database) throws -> [Entry] {
        try Row.fetchAll(
            database,
            sql: """
                \(entries) WHERE \(hidesFromReader)
                GROUP BY r.message ORDER BY max(r.position) DESC LIMIT \(pageSize) OFFSET ?
                """, arguments: [reader.column, (page - 1) * pageSize]
        ).compactMap(Entry.init)
    }

    package static func count(for reader: MemberID, in database: Database) throws -> Int {
        try Int.fetchOne(
            database, sql: "SELECT count(DISTINCT message) FROM message_reports r WHERE \(hidesFromReader)",
            arguments: [reader.column]) ?? 0
    }

    /// How many unread ones the reader handles.
    package static func unopened(for reader: MemberID, in database: Database) throws -> Int {
        try Int.fetchOne(
            database,
            sql: """
                SELECT count(DISTINCT message) FROM message_reports r
                WHERE NOT EXISTS (SELECT 1 FROM message_openings o WHERE o.message = r.message) AND \(hidesFromReader)
                """, arguments: [reader.column]) ?? 0
    }

    package static func find(_ message: MessageID, in database: Database) throws -> Entry? {
        try Row.fetchOne(
            database, sql: "\(entries) WHERE r.message = ? GROUP BY r.message", arguments: [message.column]
        ).flatMap(Entry.init)
    }

    /// What participants are told: that a message was read by the administration, when and why; never by whom.
    package static func openings(in conversation: ConversationID, _ database: Database) throws -> [Opening] {
        try Row.fetchAll(
            database,
            sql: "SELECT message, reason, opened FROM message_openings WHERE conversation = ? ORDER BY position",
            arguments: [conversation.column]
        ).compactMap(Opening.init)
    }

    /// Which of a conversation's messages a member has reported.
    package static func reported(
        in conversation: ConversationID, by member: MemberID, _ database: Database
    ) throws -> Set<MessageID> {
        Set(
            try Int64.fetchAll(
                database, sql: "SELECT message FROM message_reports WHERE conversation = ? AND reporter = ?",
                arguments: [conversation.column, member.column]
            ).map(MessageID.init(column:)))
    }
}

extension ReportedMessages.Entry {
    fileprivate init?(_ row: Row) {
        guard let reason = MessageReportReason(rawValue: row[6]) else { return nil }
        message = MessageID(column: row[0])
        conversation = ConversationID(column: row[1])
        author = PublicMember(id: MemberID(column: row[2]), username: row[3])
        reporter = PublicMember(id: MemberID(column: row[4]), username: row[5])
        self.reason = reason
        reported = Instant(milliseconds: row[7])
        reports = row[8]
        openings = row[9]
    }
}

extension ReportedMessages.Opening {
    fileprivate init?(_ row: Row) {
        guard let reason = OpeningReason(rawValue: row[1]) else { return nil }
        message = MessageID(column: row[0])
        self.reason = reason
        time = Instant(milliseconds: row[2])
    }
}
