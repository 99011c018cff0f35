package import Events
import GRDB

/// The unread messages and notifications after a position, which no mail has reported yet. At most one piece for each member and conversation or
/// thread: an older unread one there has been mailed already.
package enum PendingNotifications {
    package struct Piece: Hashable, Sendable {
        package let member: MemberID
        /// The position of the event that it reports.
        package let position: Int
        /// Nil for a private message.
        package let kind: NotificationKind?
        package let time: Instant
    }

    package struct Queries {
        let source: QuerySource

        /// In the order of the log.
        package func after(_ position: Int, through last: Int) throws -> [Piece] {
            try source.read { snapshot in
                let queries = snapshot.pendingNotifications
                return
                    (try queries.messages(after: position, through: last)
                    + queries.notifications(after: position, through: last))
                    .sorted { ($0.position, $0.member) < ($1.position, $1.member) }
            }
        }

        private func messages(after position: Int, through last: Int) throws -> [Piece] {
            try source.rows(
                .cached(
                    """
                    SELECT m.member, max(p.position) AS newest, c.latest FROM private_messages p
                      JOIN conversation_members m ON m.conversation = p.conversation
                      JOIN conversations c ON c.id = p.conversation
                    WHERE p.position > ?1 AND p.position <= ?2 AND m.member <> p.author AND m.is_present = 1
                      AND p.is_deleted = 0 AND m.is_muted = 0 AND m.unread > 0
                      AND NOT EXISTS (SELECT 1 FROM blocks WHERE blocks.member = m.member AND blocked = p.author)
                    GROUP BY m.member, m.conversation HAVING count(*) >= m.unread
                    """), [position, last]
            ) { Piece(member: $0["member"], position: $0["newest"], kind: nil, time: $0["latest"]) }
        }

        private func notifications(after position: Int, through last: Int) throws -> [Piece] {
            try source.rows(
                .cached(
                    """
                    SELECT member, position, kind, time FROM notices n
                    WHERE position > ?1 AND position <= ?2 AND is_read = 0 AND post IS NOT NULL
                      AND NOT EXISTS (SELECT 1 FROM notices e WHERE e.member = n.member AND e.thread = n.thread
                        AND e.is_read = 0 AND e.position < n.position)
                    """), [position, last]
            ) { row in
                row.code("kind").map { (kind: NotificationKind) in
                    Piece(member: row["member"], position: row["position"], kind: kind, time: row["time"])
                }
            }
        }

        /// Whether a piece is still unread.
        package func isUnread(noticeAt position: Int, of member: MemberID) throws -> Bool {
            try source.exists(
                "SELECT 1 FROM notices WHERE member = ? AND position = ? AND is_read = 0", [member.column, position])
        }

        /// The conversation in which a message was written, if the member has unread messages there and has not left or muted it.
        package func unreadConversation(
            withMessageAt position: Int, of member: MemberID
        ) throws -> ConversationID? {
            try source.id(
                """
                SELECT m.conversation FROM private_messages p
                  JOIN conversation_members m ON m.conversation = p.conversation AND m.member = ?
                WHERE p.position = ? AND p.is_deleted = 0 AND m.is_present = 1 AND m.is_muted = 0 AND m.unread > 0
                """, [member.column, position])
        }

        /// How many unread notifications of each kind a member has between two positions.
        package func counts(
            of member: MemberID, after position: Int, through last: Int
        ) throws -> [NotificationKind: Int] {
            var counts: [NotificationKind: Int] = [:]
            try source.forEachRow(
                """
                SELECT kind, count(*) AS notices FROM notices
                WHERE member = ? AND position > ? AND position <= ? AND is_read = 0 GROUP BY kind
                """, [member.column, position, last]
            ) { row in
                if let kind: NotificationKind = row.code("kind") { counts[kind] = row["notices"] }
            }
            return counts
        }

        /// How many unread messages a member has between two positions.
        package func messages(of member: MemberID, after position: Int, through last: Int) throws -> Int {
            try source.count(
                """
                SELECT count(*) FROM conversation_members m JOIN private_messages p ON p.conversation = m.conversation
                WHERE m.member = ?1 AND m.unread > 0 AND m.is_muted = 0 AND p.author <> ?1 AND p.is_deleted = 0 AND p.position > ?2
                  AND p.position <= ?3 AND p.author NOT IN (SELECT blocked FROM blocks WHERE blocks.member = ?1)
                  AND p.number > (SELECT messages FROM conversations WHERE id = m.conversation) - m.unread
                """, [member.column, position, last])
        }

        /// The members with anything unread that is newer than a time.
        package func members(since time: Instant) throws -> [MemberID] {
            try source.ids(
                """
                SELECT member FROM notices WHERE is_read = 0 AND time > ?1
                UNION SELECT m.member FROM conversation_members m JOIN conversations c ON c.id = m.conversation
                WHERE m.unread > 0 AND m.is_muted = 0 AND c.latest > ?1
                """, [time.milliseconds])
        }
    }
}
