package import Events
package import GRDB

/// What nobody has been told of by mail yet, because it happened behind a position. At most one piece for each member and conversation or
/// thread: while an older one there is unread, a mail has told of it.
package enum UntoldNews {
    package struct Piece: Hashable, Sendable {
        package let member: MemberID
        /// Of the event that it tells of.
        package let position: Int
        /// Nil for a private message.
        package let kind: NoticeKind?
        package let time: Instant
    }

    /// How far the views have come that `database` shows.
    package static func reached(in database: Database) throws -> Int {
        try Int.fetchOne(database, sql: "SELECT position FROM generation") ?? 0
    }

    /// In the order in which it happened.
    package static func after(_ position: Int, through last: Int, in database: Database) throws -> [Piece] {
        (try messages(after: position, through: last, database) + notices(after: position, through: last, database))
            .sorted { ($0.position, $0.member) < ($1.position, $1.member) }
    }

    private static func messages(after position: Int, through last: Int, _ database: Database) throws -> [Piece] {
        try Row.fetchAll(
            database.cachedStatement(
                sql: """
                    SELECT m.member, max(p.position), c.latest FROM private_messages p
                      JOIN conversation_members m ON m.conversation = p.conversation
                      JOIN conversations c ON c.id = p.conversation
                    WHERE p.position > ?1 AND p.position <= ?2 AND m.member <> p.author AND m.is_present = 1
                      AND m.is_muted = 0 AND m.unread > 0
                      AND NOT EXISTS (SELECT 1 FROM blocks WHERE blocks.member = m.member AND blocked = p.author)
                    GROUP BY m.member, m.conversation HAVING count(*) >= m.unread
                    """), arguments: [position, last]
        ).map { row in
            Piece(
                member: MemberID(column: row[0]), position: row[1], kind: nil, time: Instant(milliseconds: row[2]))
        }
    }

    private static func notices(after position: Int, through last: Int, _ database: Database) throws -> [Piece] {
        try Row.fetchAll(
            database.cachedStatement(
                sql: """
                    SELECT member, position, kind, time FROM notices n
                    WHERE position > ?1 AND position <= ?2 AND is_read = 0 AND post IS NOT NULL
                      AND NOT EXISTS (SELECT 1 FROM notices e WHERE e.member = n.member AND e.thread = n.thread
                        AND e.is_read = 0 AND e.position < n.position)
                    """), arguments: [position, last]
        ).compactMap { row in
            NoticeKind(rawValue: row[2]).map { kind in
                Piece(
                    member: MemberID(column: row[0]), position: row[1], kind: kind,
                    time: Instant(milliseconds: row[3]))
            }
        }
    }

    /// Whether a piece is still unread.
    package static func isUnread(
        noticeAt position: Int, of member: MemberID, in database: Database
    ) throws -> Bool {
        try Bool.fetchOne(
            database, sql: "SELECT 1 FROM notices WHERE member = ? AND position = ? AND is_read = 0",
            arguments: [member.column, position]) ?? false
    }

    /// The conversation in which a message was written, as long as the member has something unread there and wants to hear of it.
    package static func unreadConversation(
        withMessageAt position: Int, of member: MemberID, in database: Database
    ) throws -> ConversationID? {
        try Int64.fetchOne(
            database,
            sql: """
                SELECT m.conversation FROM private_messages p
                  JOIN conversation_members m ON m.conversation = p.conversation AND m.member = ?
                WHERE p.position = ? AND m.is_present = 1 AND m.is_muted = 0 AND m.unread > 0
                """, arguments: [member.column, position]
        ).map(ConversationID.init(column:))
    }

    /// How many unread notices of each kind a member has between two positions.
    package static func counts(
        of member: MemberID, after position: Int, through last: Int, in database: Database
    ) throws -> [NoticeKind: Int] {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT kind, count(*) FROM notices
                WHERE member = ? AND position > ? AND position <= ? AND is_read = 0 GROUP BY kind
                """, arguments: [member.column, position, last])
        return rows.reduce(into: [:]) { counts, row in
            if let kind = NoticeKind(rawValue: row[0]) { counts[kind] = row[1] }
        }
    }

    /// How many unread messages that came between two positions.
    package static func messages(
        of member: MemberID, after position: Int, through last: Int, in database: Database
    ) throws -> Int {
        try Int.fetchOne(
            database,
            sql: """
                SELECT count(*) FROM conversation_members m JOIN private_messages p ON p.conversation = m.conversation
                WHERE m.member = ?1 AND m.unread > 0 AND m.is_muted = 0 AND p.author <> ?1 AND p.position > ?2
                  AND p.position <= ?3 AND p.author NOT IN (SELECT blocked FROM blocks WHERE blocks.member = ?1)
                  AND p.number > (SELECT messages FROM conversations WHERE id = m.conversation) - m.unread
                """, arguments: [member.column, position, last]) ?? 0
    }

    /// Those who have anything unread that is newer than a moment.
    package static func members(since time: Instant, in database: Database) throws -> [MemberID] {
        try Int64.fetchAll(
            database,
            sql: """
                SELECT member FROM notices WHERE is_read = 0 AND time > ?1
                UNION SELECT m.member FROM conversation_members m JOIN conversations c ON c.id = m.conversation
                WHERE m.unread > 0 AND m.is_muted = 0 AND c.latest > ?1
                """, arguments: [time.milliseconds]
        ).map(MemberID.init(column:))
    }
}
