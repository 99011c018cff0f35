package import Events
import GRDB
package import Messaging

/// The private messages that were reported, and when an administrator read them. Their text is read from the log.
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
        case .begun, .sent, .read, .left, .muted, .unmuted, .messageDeleted, .messageRestored,
            .messageDeletionCompleted, .messageErased, .blocked, .unblocked:
            break
        }
    }
}

extension ReportedMessages {
    /// One report, from which a case begins.
    package struct Report: Sendable {
        package let position: Int
        package let conversation: ConversationID
        package let message: MessageID
        package let reporter: MemberID
        package let reason: MessageReportReason
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

    /// `max` makes SQLite take the other columns of a report from the newest one.
    private static let entries = """
        SELECT r.message, r.conversation, p.author, a.username AS author_name, r.reporter, b.username AS reporter_name, r.reason,
          max(r.reported) AS last_reported, count(*) AS reports,
          (SELECT count(*) FROM message_openings o WHERE o.message = r.message) AS openings
        FROM message_reports r JOIN private_messages p ON p.id = r.message
          LEFT JOIN members a ON a.id = p.author LEFT JOIN members b ON b.id = r.reporter
        """

    /// Participants of a conversation handle no report of it (P-08.2); for statements that bind the reader once.
    private static let hidesFromReader =
        "r.conversation NOT IN (SELECT conversation FROM conversation_members WHERE member = ?)"

    package struct Queries {
        let source: QuerySource

        /// The latest first.
        package func latest(_ limit: Int) throws -> [Report] {
            try source.rows("SELECT * FROM message_reports ORDER BY position DESC LIMIT ?", [limit], Report.init)
        }

        /// The positions of the reports of one conversation.
        package func positions(in conversation: ConversationID) throws -> [Int] {
            try source.values(
                "SELECT position FROM message_reports WHERE conversation = ? ORDER BY position", [conversation.column])
        }

        /// The positions of the reports of one message.
        package func positions(of message: MessageID) throws -> [Int] {
            try source.values(
                "SELECT position FROM message_reports WHERE message = ? ORDER BY position", [message.column])
        }

        /// Those that the reader handles, the newest first.
        package func page(_ page: Int, for reader: MemberID) throws -> [Entry] {
            try source.rows(
                """
                \(entries) WHERE \(hidesFromReader)
                GROUP BY r.message ORDER BY max(r.position) DESC LIMIT \(pageSize) OFFSET ?
                """, [reader.column, (page - 1) * pageSize], Entry.init)
        }

        package func count(for reader: MemberID) throws -> Int {
            try source.count(
                "SELECT count(DISTINCT message) FROM message_reports r WHERE \(hidesFromReader)", [reader.column])
        }

        /// How many unread ones the reader handles.
        package func unopened(for reader: MemberID) throws -> Int {
            try source.count(
                """
                SELECT count(DISTINCT message) FROM message_reports r
                WHERE NOT EXISTS (SELECT 1 FROM message_openings o WHERE o.message = r.message) AND \(hidesFromReader)
                """, [reader.column])
        }

        package func find(_ message: MessageID) throws -> Entry? {
            try source.row("\(entries) WHERE r.message = ? GROUP BY r.message", [message.column], Entry.init)
        }

        /// What participants see: that the administration read a message, when and why; never who read it.
        package func openings(in conversation: ConversationID) throws -> [Opening] {
            try source.rows(
                "SELECT message, reason, opened FROM message_openings WHERE conversation = ? ORDER BY position",
                [conversation.column], Opening.init)
        }

        /// Which of a conversation's messages a member has reported.
        package func reported(in conversation: ConversationID, by member: MemberID) throws -> Set<MessageID> {
            Set(
                try source.ids(
                    "SELECT message FROM message_reports WHERE conversation = ? AND reporter = ?",
                    [conversation.column, member.column]))
        }
    }
}

extension ReportedMessages.Report {
    fileprivate init?(_ row: ViewRow) {
        guard let reason: MessageReportReason = row.code("reason") else { return nil }
        position = row["position"]
        conversation = row["conversation"]
        message = row["message"]
        reporter = row["reporter"]
        self.reason = reason
    }
}

extension ReportedMessages.Entry {
    fileprivate init?(_ row: ViewRow) {
        guard let reason: MessageReportReason = row.code("reason") else { return nil }
        message = row["message"]
        conversation = row["conversation"]
        author = PublicMember(id: row["author"], username: row["author_name"])
        reporter = PublicMember(id: row["reporter"], username: row["reporter_name"])
        self.reason = reason
        reported = row["last_reported"]
        reports = row["reports"]
        openings = row["openings"]
    }
}

extension ReportedMessages.Opening {
    fileprivate init?(_ row: ViewRow) {
        guard let reason: OpeningReason = row.code("reason") else { return nil }
        message = row["message"]
        self.reason = reason
        time = row["opened"]
    }
}
