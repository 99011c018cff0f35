package import Events
package import GRDB

extension ConversationList {
    package static let pageSize = 20

    package struct Entry: Sendable {
        package let id: ConversationID
        /// Everybody but the reader, in the order in which they came.
        package let others: [Participant]
        package let messages: Int
        package let unread: Int
        package let isMuted: Bool
        package let latest: Instant
        package let latestAuthor: MemberID?
    }

    package struct Participant: Sendable {
        package let member: PublicMember
        /// Not who has left.
        package let isPresent: Bool
    }

    private static let columns = "c.id, c.messages, c.latest, c.latest_author, m.unread, m.is_muted"

    /// A member's conversations, those with the newest message first.
    package static func of(_ member: MemberID, page: Int, in database: Database) throws -> [Entry] {
        try Row.fetchAll(
            database.cachedStatement(
                sql: """
                    SELECT \(columns) FROM conversation_members m JOIN conversations c ON c.id = m.conversation
                    WHERE m.member = ? AND m.is_present = 1 ORDER BY c.latest DESC, c.id LIMIT \(pageSize) OFFSET ?
                    """),
            arguments: [member.column, (page - 1) * pageSize]
        ).map { try Entry($0, of: member, in: database) }
    }

    package static func count(of member: MemberID, in database: Database) throws -> Int {
        try Int.fetchOne(
            database, sql: "SELECT count(*) FROM conversation_members WHERE member = ? AND is_present = 1",
            arguments: [member.column]) ?? 0
    }

    /// Nil for whoever is not in it (any more).
    package static func find(_ id: ConversationID, of member: MemberID, in database: Database) throws -> Entry? {
        try Row.fetchOne(
            database.cachedStatement(
                sql: """
                    SELECT \(columns) FROM conversation_members m JOIN conversations c ON c.id = m.conversation
                    WHERE m.member = ? AND m.conversation = ? AND m.is_present = 1
                    """),
            arguments: [member.column, id.column]
        ).map { try Entry($0, of: member, in: database) }
    }

    /// The newest conversation that these two, and nobody else, are in.
    package static func between(_ a: MemberID, _ b: MemberID, in database: Database) throws -> ConversationID? {
        try Int64.fetchOne(
            database,
            sql: """
                SELECT c.id FROM conversation_members x
                  JOIN conversation_members y ON y.conversation = x.conversation AND y.member = ?
                  JOIN conversations c ON c.id = x.conversation
                WHERE x.member = ? AND x.is_present = 1 AND y.is_present = 1
                  AND (SELECT count(*) FROM conversation_members z WHERE z.conversation = x.conversation) = 2
                ORDER BY c.latest DESC LIMIT 1
                """, arguments: [b.column, a.column]
        ).map(ConversationID.init(column:))
    }

    /// How many messages a member has not read, in conversations that are not muted.
    package static func unread(of member: MemberID, in database: Database) throws -> Int {
        try Int.fetchOne(
            database.cachedStatement(
                sql: """
                    SELECT coalesce(sum(unread), 0) FROM conversation_members
                    WHERE member = ? AND unread > 0 AND is_muted = 0
                    """), arguments: [member.column]) ?? 0
    }

    /// Everybody who is or was in a conversation.
    package static func participants(
        in id: ConversationID, but reader: MemberID?, in database: Database
    ) throws -> [Participant] {
        try Row.fetchAll(
            database.cachedStatement(
                sql: """
                    SELECT p.member, username, is_present, \(PublicMember.roleColumn) FROM conversation_members p
                      LEFT JOIN members ON members.id = p.member
                    WHERE conversation = ? ORDER BY place
                    """), arguments: [id.column]
        ).map {
            Participant(member: PublicMember($0[0], $0[1], role: $0[3]), isPresent: $0[2])
        }
        .filter { $0.member.id != reader }
    }

    /// The version of the stream behind which the messages from a number on stand.
    package static func version(
        before number: Int, in id: ConversationID, _ database: Database
    ) throws -> Int {
        let version = try Int.fetchOne(
            database, sql: "SELECT version FROM private_messages WHERE conversation = ? AND number = ?",
            arguments: [id.column, number])
        return version.map { $0 - 1 } ?? 0
    }

    package struct Place: Sendable {
        package let message: MessageID
        package let conversation: ConversationID
        package let number: Int
        package let version: Int
    }

    /// Where a message stands; nil when there is none.
    package static func place(of message: MessageID, in database: Database) throws -> Place? {
        try Row.fetchOne(
            database, sql: "SELECT id, conversation, number, version FROM private_messages WHERE id = ?",
            arguments: [message.column]
        ).map(Place.init)
    }

    /// What a member wrote, the newest first.
    package static func messages(by author: MemberID, limit: Int, in database: Database) throws -> [Place] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT id, conversation, number, version FROM private_messages WHERE author = ?
                ORDER BY position DESC LIMIT ?
                """, arguments: [author.column, limit]
        ).map(Place.init)
    }

    /// Every conversation that a member is or was in, the oldest first, and whether she still is.
    package static func all(
        of member: MemberID, in database: Database
    ) throws -> [(id: ConversationID, isPresent: Bool, isMuted: Bool)] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT conversation, is_present, is_muted FROM conversation_members
                WHERE member = ? ORDER BY (SELECT min(position) FROM private_messages p
                  WHERE p.conversation = conversation_members.conversation)
                """, arguments: [member.column]
        ).map { (ConversationID(column: $0[0]), $0[1], $0[2]) }
    }

    /// Whether a member takes no messages from another.
    package static func isBlocked(_ other: MemberID, by member: MemberID, in database: Database) throws -> Bool {
        try Bool.fetchOne(
            database.cachedStatement(sql: "SELECT 1 FROM blocks WHERE member = ? AND blocked = ?"),
            arguments: [member.column, other.column]) ?? false
    }

    /// From whom a member takes no messages, and who are members still.
    package static func blocked(by member: MemberID, in database: Database) throws -> [PublicMember] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT blocked, username FROM blocks JOIN members ON members.id = blocked
                WHERE blocks.member = ? ORDER BY sort_key
                """, arguments: [member.column]
        ).map { PublicMember(id: MemberID(column: $0[0]), username: $0[1]) }
    }
}

extension ConversationList.Entry {
    fileprivate init(_ row: Row, of member: MemberID, in database: Database) throws {
        id = ConversationID(column: row[0])
        messages = row[1]
        latest = Instant(milliseconds: row[2])
        latestAuthor = (row[3] as Int64?).map(MemberID.init(column:))
        unread = row[4]
        isMuted = row[5]
        others = try ConversationList.participants(in: id, but: member, in: database)
    }
}

extension ConversationList.Place {
    fileprivate init(_ row: Row) {
        message = MessageID(column: row[0])
        conversation = ConversationID(column: row[1])
        number = row[2]
        version = row[3]
    }
}
