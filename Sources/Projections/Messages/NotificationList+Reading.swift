package import Events
package import Forum
import GRDB
package import Messaging

extension NotificationList {
    package static let pageSize = 30

    package struct Entry: Sendable {
        /// The position of the event that it reports; identifies the notification.
        package let position: Int
        package let kind: NotificationKind
        /// The author; nil for what the administration did.
        package let author: PublicMember?
        package let post: PostID?
        package let thread: ThreadID?
        /// Nil once it is erased.
        package let threadTitle: String?
        package let category: String?
        package let conversation: ConversationID?
        package let waitingCase: CaseID?
        package let time: Instant
        package let isRead: Bool
        /// The rule that a moderator named.
        package let reason: Reason?

        package enum Reason: Sendable {
            case removal(RemovalReason)
            case erasure(TextErasureReason)
        }
    }

    package struct Watch: Sendable {
        package let thing: WatchedThing
        /// Nil once it is erased.
        package let title: String?
        package let since: Instant
    }

    private static let entries = """
        SELECT position, kind, n.author, username, post, thread, threads.title AS thread_title, categories.name AS category_name,
          conversation, case_id, time, is_settled, reason, \(PublicMember.roleColumn) AS role
        FROM notices n LEFT JOIN members ON members.id = n.author LEFT JOIN threads ON threads.id = n.thread
          LEFT JOIN categories ON categories.id = threads.category
        """

    package struct Queries {
        let source: QuerySource

        /// The newest first.
        package func of(_ member: MemberID, page: Int, having read: ReadMarkers) throws -> [Entry] {
            try source.rows(
                .cached("\(entries) WHERE member = ? ORDER BY position DESC LIMIT \(pageSize) OFFSET ?"),
                [member.column, (page - 1) * pageSize]
            ) { Entry($0, having: read) }
        }

        package func all(of member: MemberID, having read: ReadMarkers) throws -> [Entry] {
            try source.rows("\(entries) WHERE member = ? ORDER BY position", [member.column]) {
                Entry($0, having: read)
            }
        }

        /// Also by a position that the notification of waiting reports had before.
        package func find(_ position: Int, of member: MemberID, having read: ReadMarkers) throws -> Entry? {
            try source.row(
                """
                \(entries) WHERE member = ?1 AND (position = ?2
                  OR (kind = 'reports-waiting' AND first <= ?2 AND position > ?2)) ORDER BY position LIMIT 1
                """, [member.column, position]
            ) { Entry($0, having: read) }
        }

        package func count(of member: MemberID) throws -> Int {
            try source.count("SELECT count(*) FROM notices WHERE member = ?", [member.column])
        }

        package func unread(of member: MemberID, having read: ReadMarkers) throws -> Int {
            try source.count(
                .cached(
                    """
                    SELECT count(*) FROM notices WHERE member = ? AND is_settled = 0 AND position > ?
                      AND position NOT IN (SELECT value FROM json_each(?))
                    """), [member.column, read.notificationsThrough, read.openedList])
        }

        package func isWatched(_ thing: WatchedThing, by member: MemberID) throws -> Bool {
            try source.exists(
                .cached("SELECT 1 FROM watches WHERE thing = ? AND is_thread = ? AND member = ?"),
                [thing.id, thing.isThread, member.column])
        }

        /// What a member follows, the newest first.
        package func watched(by member: MemberID) throws -> [Watch] {
            try source.rows(
                """
                SELECT thing, is_thread, coalesce(threads.title, categories.name) AS title, since FROM watches
                  LEFT JOIN threads ON is_thread = 1 AND threads.id = thing
                  LEFT JOIN categories ON is_thread = 0 AND categories.id = thing
                WHERE member = ? ORDER BY since DESC, thing
                """, [member.column]
            ) { row in
                Watch(
                    thing: row["is_thread"] ? .thread(row["thing"]) : .category(row["thing"]), title: row["title"],
                    since: row["since"])
            }
        }
    }
}

extension NotificationList.Entry {
    fileprivate init?(_ row: ViewRow, having read: ReadMarkers) {
        guard let kind: NotificationKind = row.code("kind") else { return nil }
        position = row["position"]
        self.kind = kind
        author = (row["author"] as MemberID?).map {
            PublicMember(id: $0, username: row["username"], role: row.code("role"))
        }
        post = row["post"]
        thread = row["thread"]
        threadTitle = row["thread_title"]
        category = row["category_name"]
        conversation = row["conversation"]
        waitingCase = row["case_id"]
        time = row["time"]
        isRead = row["is_settled"] || read.isRead(position)
        reason =
            kind == .postRemoved ? row.code("reason").map(Reason.removal) : row.code("reason").map(Reason.erasure)
    }
}

extension ReadMarkers {
    /// The opened notifications as a JSON array, for a query.
    var openedList: String { "[\(opened.map(String.init).joined(separator: ","))]" }
}

extension WatchedThing {
    fileprivate var id: Int {
        switch self {
        case .thread(let id): id.column
        case .category(let id): id.column
        }
    }
}
