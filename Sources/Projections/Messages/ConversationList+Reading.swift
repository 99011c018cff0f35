package import Events
import GRDB

extension ConversationList {
    package static let pageSize = 20

    package struct Entry: Sendable {
        package let id: ConversationID
        /// Everybody but the reader, in the order in which they joined.
        package let others: [Participant]
        package let messages: Int
        package let unread: Int
        /// The position of the newest message that the reader was sent.
        package let newest: Int
        package let isMuted: Bool
        package let latest: Instant
        package let latestAuthor: MemberID?
    }

    package struct Participant: Sendable {
        package let member: PublicMember
        /// False for a participant who has left.
        package let isPresent: Bool
    }

    package struct Place: Sendable {
        package let message: MessageID
        package let conversation: ConversationID
        package let number: Int
        package let version: Int
    }

    private static let entries = """
        SELECT c.id, c.messages, c.latest, c.latest_author, m.newest, m.own, m.is_muted
        FROM conversation_members m JOIN conversations c ON c.id = m.conversation
        """

    /// Counts the messages after a position that a member was sent.
    static let sentAfter = """
        SELECT count(*) FROM private_messages p
        WHERE p.conversation = ? AND p.position > ? AND p.author <> ? AND p.is_deleted = 0
          AND NOT EXISTS (SELECT 1 FROM unheard_messages u WHERE u.member = ? AND u.position = p.position)
        """

    package struct Queries {
        let source: QuerySource

        /// A member's conversations, those with the newest message first.
        package func of(_ member: MemberID, page: Int, having read: ReadMarkers) throws -> [Entry] {
            try source.read { snapshot in
                try snapshot.source.rows(
                    .cached(
                        """
                        \(entries) WHERE m.member = ? AND m.is_present = 1 ORDER BY c.latest DESC, c.id
                        LIMIT \(pageSize) OFFSET ?
                        """), [member.column, (page - 1) * pageSize]
                ) { try Entry($0, of: member, having: read, in: snapshot) }
            }
        }

        package func count(of member: MemberID) throws -> Int {
            try source.count(
                "SELECT count(*) FROM conversation_members WHERE member = ? AND is_present = 1", [member.column])
        }

        /// Nil for a member who is not, or no longer, a participant.
        package func find(
            _ id: ConversationID, of member: MemberID, having read: ReadMarkers
        ) throws -> Entry? {
            try source.read { snapshot in
                try snapshot.source.row(
                    .cached("\(entries) WHERE m.member = ? AND m.conversation = ? AND m.is_present = 1"),
                    [member.column, id.column]
                ) { try Entry($0, of: member, having: read, in: snapshot) }
            }
        }

        /// The newest conversation with exactly these two participants.
        package func between(_ a: MemberID, _ b: MemberID) throws -> ConversationID? {
            try source.id(
                """
                SELECT c.id FROM conversation_members x
                  JOIN conversation_members y ON y.conversation = x.conversation AND y.member = ?
                  JOIN conversations c ON c.id = x.conversation
                WHERE x.member = ? AND x.is_present = 1 AND y.is_present = 1
                  AND (SELECT count(*) FROM conversation_members z WHERE z.conversation = x.conversation) = 2
                ORDER BY c.latest DESC LIMIT 1
                """, [b.column, a.column])
        }

        /// How many messages a member has not read, in conversations that are not muted.
        package func unread(of member: MemberID, having read: ReadMarkers) throws -> Int {
            try source.read { snapshot in
                try snapshot.conversations.withNews(of: member, having: read).reduce(0) { count, conversation in
                    try count
                        + snapshot.source.count(
                            .cached(sentAfter),
                            [conversation.id.column, conversation.read, member.column, member.column])
                }
            }
        }

        /// A conversation with unread messages, and the position up to which it is read.
        struct News {
            let id: ConversationID
            let read: Int
        }

        /// The conversations with unread messages that are not muted.
        func withNews(of member: MemberID, having read: ReadMarkers) throws -> [News] {
            try source.rows(
                .cached(
                    """
                    SELECT conversation, newest, own FROM conversation_members
                    WHERE member = ? AND newest > own AND newest > ? AND is_present = 1 AND is_muted = 0
                    """), [member.column, read.everythingThrough]
            ) { row in
                let id: ConversationID = row["conversation"]
                let through = max(read.through(id), row["own"])
                return row["newest"] as Int > through ? News(id: id, read: through) : nil
            }
        }

        /// Everybody who is or was in a conversation.
        package func participants(in id: ConversationID, excluding reader: MemberID?) throws -> [Participant] {
            try source.rows(
                .cached(
                    """
                    SELECT p.member, username, is_present, \(PublicMember.roleColumn) AS role FROM conversation_members p
                      LEFT JOIN members ON members.id = p.member
                    WHERE conversation = ? ORDER BY place
                    """), [id.column]
            ) { row in
                let member = PublicMember(id: row["member"], username: row["username"], role: row.code("role"))
                return member.id == reader ? nil : Participant(member: member, isPresent: row["is_present"])
            }
        }

        /// The version of the stream just before the message with a number; 0 when there is none.
        package func version(before number: Int, in id: ConversationID) throws -> Int {
            let version: Int? = try source.value(
                "SELECT version FROM private_messages WHERE conversation = ? AND number = ?", [id.column, number])
            return version.map { $0 - 1 } ?? 0
        }

        /// Where a message stands; nil when there is none.
        package func place(of message: MessageID) throws -> Place? {
            try source.row(
                "SELECT id, conversation, number, version FROM private_messages WHERE id = ?", [message.column],
                Place.init)
        }

        /// The messages that a member wrote, the newest first.
        package func messages(by author: MemberID, limit: Int) throws -> [Place] {
            try source.rows(
                """
                SELECT id, conversation, number, version FROM private_messages WHERE author = ?
                ORDER BY position DESC LIMIT ?
                """, [author.column, limit], Place.init)
        }

        /// The messages that a member has deleted, erased or not.
        package func deleted(by author: MemberID) throws -> [MessageID] {
            try source.ids("SELECT id FROM private_messages WHERE author = ? AND is_deleted = 1", [author.column])
        }

        /// Every conversation that a member is or was in, the oldest first, and whether she still is.
        package func all(
            of member: MemberID
        ) throws -> [(id: ConversationID, isPresent: Bool, isMuted: Bool)] {
            try source.rows(
                """
                SELECT conversation, is_present, is_muted FROM conversation_members
                WHERE member = ? ORDER BY (SELECT min(position) FROM private_messages p
                  WHERE p.conversation = conversation_members.conversation)
                """, [member.column]
            ) { ($0["conversation"], $0["is_present"], $0["is_muted"]) }
        }

        /// Whether a member has blocked another.
        package func isBlocked(_ other: MemberID, by member: MemberID) throws -> Bool {
            try source.exists(
                .cached("SELECT 1 FROM blocks WHERE member = ? AND blocked = ?"), [member.column, other.column])
        }

        /// The members whom a member has blocked and who are still members.
        package func blocked(by member: MemberID) throws -> [PublicMember] {
            try source.rows(
                """
                SELECT blocked, username FROM blocks JOIN members ON members.id = blocked
                WHERE blocks.member = ? ORDER BY sort_key
                """, [member.column]
            ) { PublicMember(id: $0["blocked"], username: $0["username"]) }
        }
    }
}

extension ConversationList.Entry {
    fileprivate init(
        _ row: ViewRow, of member: MemberID, having read: ReadMarkers, in views: ViewsSnapshot
    ) throws {
        id = row["id"]
        messages = row["messages"]
        latest = row["latest"]
        latestAuthor = row["latest_author"]
        newest = row["newest"]
        isMuted = row["is_muted"]
        let through = max(read.through(id), row["own"])
        unread =
            newest > through
            ? try views.source.count(
                .cached(ConversationList.sentAfter), [id.column, through, member.column, member.column]) : 0
        others = try views.conversations.participants(in: id, excluding: member)
    }
}

extension ConversationList.Place {
    fileprivate init(_ row: ViewRow) {
        message = row["id"]
        conversation = row["conversation"]
        number = row["number"]
        version = row["version"]
    }
}
