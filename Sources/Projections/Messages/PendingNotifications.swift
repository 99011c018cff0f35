package import Events
import GRDB

/// The unread messages and notifications after a position, which no mail has reported yet. At most one piece for each member and conversation or
/// thread: an older unread one there has been mailed already.
package enum PendingNotifications {
    /// What a member has read.
    package typealias MarkersOf = (MemberID) throws -> ReadMarkers

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
        package func after(_ position: Int, through last: Int, markers: MarkersOf) throws -> [Piece] {
            try source.read { snapshot in
                let queries = snapshot.pendingNotifications
                return
                    (try queries.messages(after: position, through: last, markers: markers)
                    + queries.notifications(after: position, through: last, markers: markers))
                    .sorted { ($0.position, $0.member) < ($1.position, $1.member) }
            }
        }

        /// A conversation with unread messages of which none is older than those of the range.
        private func messages(after position: Int, through last: Int, markers: MarkersOf) throws -> [Piece] {
            try source.rows(
                .cached(
                    """
                    SELECT m.member, m.conversation, m.own, max(p.position) AS newest, c.latest FROM private_messages p
                      JOIN conversation_members m ON m.conversation = p.conversation
                      JOIN conversations c ON c.id = p.conversation
                    WHERE p.position > ?1 AND p.position <= ?2 AND m.member <> p.author AND m.is_present = 1
                      AND p.is_deleted = 0 AND m.is_muted = 0 AND m.newest > m.own
                      AND NOT EXISTS (SELECT 1 FROM blocks WHERE blocks.member = m.member AND blocked = p.author)
                      AND NOT EXISTS (SELECT 1 FROM unheard_messages u WHERE u.member = m.member AND u.position = p.position)
                    GROUP BY m.member, m.conversation
                    """), [position, last]
            ) { row in
                let (member, conversation): (MemberID, ConversationID) = (row["member"], row["conversation"])
                let read = max(try markers(member).through(conversation), row["own"])
                let newest: Int = row["newest"]
                guard newest > read,
                    try read >= position || sent(to: member, in: conversation, after: read, through: position) == 0
                else { return nil }
                return Piece(member: member, position: newest, kind: nil, time: row["latest"])
            }
        }

        private func sent(
            to member: MemberID, in conversation: ConversationID, after position: Int, through last: Int
        ) throws -> Int {
            try source.count(
                .cached("\(ConversationList.sentAfter) AND p.position <= ?"),
                [conversation.column, position, member.column, member.column, last])
        }

        private func notifications(after position: Int, through last: Int, markers: MarkersOf) throws -> [Piece] {
            try source.rows(
                .cached(
                    """
                    SELECT member, position, kind, thread, time FROM notices
                    WHERE position > ? AND position <= ? AND is_settled = 0 AND post IS NOT NULL
                    """), [position, last]
            ) { row in
                let (member, position): (MemberID, Int) = (row["member"], row["position"])
                let read = try markers(member)
                guard let kind: NotificationKind = row.code("kind"), !read.isRead(position),
                    try !hasEarlierUnread(than: position, in: row["thread"], of: member, having: read)
                else { return nil }
                return Piece(member: member, position: position, kind: kind, time: row["time"])
            }
        }

        private func hasEarlierUnread(
            than position: Int, in thread: ThreadID?, of member: MemberID, having read: ReadMarkers
        ) throws -> Bool {
            guard let thread else { return false }
            return try source.exists(
                .cached(
                    """
                    SELECT 1 FROM notices WHERE member = ? AND thread = ? AND position > ? AND position < ?
                      AND is_settled = 0 AND position NOT IN (SELECT value FROM json_each(?)) LIMIT 1
                    """), [member.column, thread.column, read.notificationsThrough, position, read.openedList])
        }

        /// Whether there is still a notification at a position, and the member has not read it.
        package func isUnread(noticeAt position: Int, of member: MemberID, having read: ReadMarkers) throws -> Bool {
            try !read.isRead(position)
                && source.exists(
                    "SELECT 1 FROM notices WHERE member = ? AND position = ? AND is_settled = 0",
                    [member.column, position])
        }

        /// The conversation in which a message was written, if the member has unread messages there and has not left or muted it.
        package func unreadConversation(
            withMessageAt position: Int, of member: MemberID, having read: ReadMarkers
        ) throws -> ConversationID? {
            try source.row(
                """
                SELECT m.conversation, m.newest, m.own FROM private_messages p
                  JOIN conversation_members m ON m.conversation = p.conversation AND m.member = ?
                WHERE p.position = ? AND p.is_deleted = 0 AND m.is_present = 1 AND m.is_muted = 0 AND m.newest > m.own
                """, [member.column, position]
            ) { row in
                let id: ConversationID = row["conversation"]
                return row["newest"] as Int > max(read.through(id), row["own"]) ? id : nil
            }
        }

        /// How many unread notifications of each kind a member has between two positions.
        package func counts(
            of member: MemberID, after position: Int, through last: Int, having read: ReadMarkers
        ) throws -> [NotificationKind: Int] {
            var counts: [NotificationKind: Int] = [:]
            try source.forEachRow(
                """
                SELECT kind, count(*) AS notices FROM notices
                WHERE member = ? AND position > ? AND position <= ? AND is_settled = 0
                  AND position NOT IN (SELECT value FROM json_each(?)) GROUP BY kind
                """, [member.column, max(position, read.notificationsThrough), last, read.openedList]
            ) { row in
                if let kind: NotificationKind = row.code("kind") { counts[kind] = row["notices"] }
            }
            return counts
        }

        /// How many unread messages a member has between two positions.
        package func messages(
            of member: MemberID, after position: Int, through last: Int, having read: ReadMarkers
        ) throws -> Int {
            try source.read { snapshot in
                try snapshot.conversations.withNews(of: member, having: read).reduce(0) { count, news in
                    try count
                        + snapshot.pendingNotifications.sent(
                            to: member, in: news.id, after: max(position, news.read), through: last)
                }
            }
        }

        /// The members to whom something came after a position, whether or not they have read it.
        package func members(after position: Int) throws -> [MemberID] {
            try source.ids(
                """
                SELECT member FROM notices WHERE is_settled = 0 AND position > ?1
                UNION SELECT member FROM conversation_members
                WHERE newest > own AND newest > ?1 AND is_present = 1 AND is_muted = 0
                """, [position])
        }
    }
}
