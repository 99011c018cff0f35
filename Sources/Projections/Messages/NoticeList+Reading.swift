package import Events
package import Forum
package import GRDB
package import Messaging

extension NoticeList {
    package static let pageSize = 30

    package struct Entry: Sendable {
        /// Of the event that it tells of: names the notice.
        package let position: Int
        package let kind: NoticeKind
        /// Who wrote it; nil for what the administration did.
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

    private static let entries = """
        SELECT position, kind, n.author, username, post, thread, threads.title, categories.name, conversation, time, is_read, reason,
          \(PublicMember.roleColumn), case_id
        FROM notices n LEFT JOIN members ON members.id = n.author LEFT JOIN threads ON threads.id = n.thread
          LEFT JOIN categories ON categories.id = threads.category
        """

    /// The newest first.
    package static func of(_ member: MemberID, page: Int, in database: Database) throws -> [Entry] {
        try Row.fetchAll(
            database.cachedStatement(
                sql: "\(entries) WHERE member = ? ORDER BY position DESC LIMIT \(pageSize) OFFSET ?"),
            arguments: [member.column, (page - 1) * pageSize]
        ).compactMap(Entry.init)
    }

    package static func all(of member: MemberID, in database: Database) throws -> [Entry] {
        try Row.fetchAll(
            database, sql: "\(entries) WHERE member = ? ORDER BY position", arguments: [member.column]
        ).compactMap(Entry.init)
    }

    package static func find(_ position: Int, of member: MemberID, in database: Database) throws -> Entry? {
        try Row.fetchOne(
            database, sql: "\(entries) WHERE member = ? AND position = ?", arguments: [member.column, position]
        ).flatMap(Entry.init)
    }

    package static func count(of member: MemberID, in database: Database) throws -> Int {
        try Int.fetchOne(database, sql: "SELECT count(*) FROM notices WHERE member = ?", arguments: [member.column])
            ?? 0
    }

    package static func unread(of member: MemberID, in database: Database) throws -> Int {
        try Int.fetchOne(
            database.cachedStatement(sql: "SELECT count(*) FROM notices WHERE member = ? AND is_read = 0"),
            arguments: [member.column]) ?? 0
    }

    package static func isWatched(
        _ thing: WatchedThing, by member: MemberID, in database: Database
    ) throws -> Bool {
        try Bool.fetchOne(
            database.cachedStatement(
                sql: "SELECT 1 FROM watches WHERE thing = ? AND is_thread = ? AND member = ?"),
            arguments: [thing.id, thing.isThread, member.column]) ?? false
    }

    package struct Watch: Sendable {
        package let thing: WatchedThing
        /// Nil once it is erased.
        package let title: String?
        package let since: Instant
    }

    /// What a member follows, the newest first.
    package static func watched(by member: MemberID, in database: Database) throws -> [Watch] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT thing, is_thread, coalesce(threads.title, categories.name), since FROM watches
                  LEFT JOIN threads ON is_thread = 1 AND threads.id = thing
                  LEFT JOIN categories ON is_thread = 0 AND categories.id = thing
                WHERE member = ? ORDER BY since DESC, thing
                """, arguments: [member.column]
        ).map { row in
            Watch(
                thing: row[1] ? .thread(ThreadID(column: row[0])) : .category(CategoryID(column: row[0])),
                title: row[2], since: Instant(milliseconds: row[3]))
        }
    }
}

extension NoticeList.Entry {
    fileprivate init?(_ row: Row) {
        guard let kind = NoticeKind(rawValue: row[1]) else { return nil }
        position = row[0]
        self.kind = kind
        author = (row[2] as Int64?).map { PublicMember($0, row[3], role: row[12]) }
        post = (row[4] as Int64?).map(PostID.init(column:))
        thread = (row[5] as Int64?).map(ThreadID.init(column:))
        threadTitle = row[6]
        category = row[7]
        conversation = (row[8] as Int64?).map(ConversationID.init(column:))
        waitingCase = (row[13] as Int64?).map(CaseID.init(column:))
        time = Instant(milliseconds: row[9])
        isRead = row[10]
        let reason: String? = row[11]
        self.reason =
            kind == .postRemoved
            ? reason.flatMap(RemovalReason.init).map(Reason.removal)
            : reason.flatMap(TextErasureReason.init).map(Reason.erasure)
    }
}

extension WatchedThing {
    fileprivate var id: Int {
        switch self {
        case .thread(let id): id.column
        case .category(let id): id.column
        }
    }
}
