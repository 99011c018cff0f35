import Accounts
import Events
import Messaging

/// Who is in which conversation, what could be unread, and where each message is in the log. Never the text.
///
/// What was read is not in the log: queries about unread messages take a member's `ReadMarkers`.
package enum ConversationList: ReadModel {
    static let version = 2

    static let tables = """
        CREATE TABLE conversations(
          id INTEGER PRIMARY KEY,
          messages INTEGER NOT NULL DEFAULT 0,
          latest INTEGER NOT NULL,
          latest_author INTEGER
        ) STRICT;
        CREATE TABLE conversation_members(
          member INTEGER NOT NULL,
          conversation INTEGER NOT NULL,
          place INTEGER NOT NULL,
          is_present INTEGER NOT NULL DEFAULT 1,
          is_muted INTEGER NOT NULL DEFAULT 0,
          -- The position of the newest message that the member was sent; 0 when she has left.
          newest INTEGER NOT NULL DEFAULT 0,
          -- The position of her own newest message: writing counts as having read everything before.
          own INTEGER NOT NULL DEFAULT 0,
          PRIMARY KEY (member, conversation)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX members_of_conversation ON conversation_members(conversation, place);
        CREATE TABLE private_messages(
          position INTEGER PRIMARY KEY,
          id INTEGER NOT NULL UNIQUE,
          conversation INTEGER NOT NULL,
          number INTEGER NOT NULL,
          version INTEGER NOT NULL,
          author INTEGER NOT NULL,
          is_deleted INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        CREATE UNIQUE INDEX messages_of_conversation ON private_messages(conversation, number);
        -- Messages by authors whom the member had blocked then: they never count as unread.
        CREATE TABLE unheard_messages(
          member INTEGER NOT NULL,
          position INTEGER NOT NULL,
          conversation INTEGER NOT NULL,
          PRIMARY KEY (member, position)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE blocks(member INTEGER NOT NULL, blocked INTEGER NOT NULL, PRIMARY KEY (member, blocked)) STRICT, WITHOUT ROWID;
        """

    static let indices = """
        CREATE INDEX unread_conversations ON conversation_members(member, newest) WHERE newest > own;
        CREATE INDEX messages_by_position ON private_messages(conversation, position, author, is_deleted);
        CREATE INDEX messages_by_author ON private_messages(author, position);
        CREATE INDEX blocks_of ON blocks(blocked);
        """

    static let sources: Set<ProjectedEvent.Source> = [.accounts, .conversations]

    static func apply(_ event: ProjectedEvent, to views: ViewWriter) throws {
        switch event.kind {
        case .conversations(let conversation): try apply(conversation, event.recorded, to: views)
        case .accounts(.member(let account)):
            guard account.presence == .purged, let member = event.member else { return }
            try views.run("DELETE FROM blocks WHERE member = ?1 OR blocked = ?1", .id(member))
            try views.run("DELETE FROM unheard_messages WHERE member = ?", .id(member))
        case .accounts, .corrections, .oversight, .forum, .notifications, .cases, .erasure, .mail, .newsletter, .other:
            break
        }
    }

    private static func apply(_ event: ConversationEvent, _ recorded: RecordedEvent, to views: ViewWriter) throws {
        switch event {
        case .begun(let id, let by, let others):
            try views.run("INSERT INTO conversations(id, latest) VALUES (?, ?)", .id(id), .time(recorded.time))
            for (place, member) in ([by] + others).enumerated() {
                try views.run(
                    "INSERT INTO conversation_members(member, conversation, place) VALUES (?, ?, ?)", .id(member),
                    .id(id), .integer(place))
            }
        case .sent(let message, let id, let author, _):
            try views.run(
                "UPDATE conversations SET messages = messages + 1, latest = ?, latest_author = ? WHERE id = ?",
                .time(recorded.time), .id(author), .id(id))
            try views.run(
                """
                INSERT INTO private_messages(position, id, conversation, number, version, author)
                VALUES (?, ?, ?, (SELECT messages FROM conversations WHERE conversations.id = ?), ?, ?)
                """, .integer(recorded.position), .id(message), .id(id), .id(id), .integer(recorded.version),
                .id(author))
            try deliver(recorded.position, in: id, from: author, to: views)
        case .left(let id, let member):
            try views.run(
                "UPDATE conversation_members SET is_present = 0, newest = 0 WHERE conversation = ? AND member = ?",
                .id(id), .id(member))
        case .muted(let id, let member): try mute(id, member, true, in: views)
        case .unmuted(let id, let member): try mute(id, member, false, in: views)
        case .blocked(let other, let member):
            views.recipients.forget(member)
            try views.run("INSERT INTO blocks VALUES (?, ?) ON CONFLICT DO NOTHING", .id(member), .id(other))
        case .unblocked(let other, let member):
            views.recipients.forget(member)
            try views.run("DELETE FROM blocks WHERE member = ? AND blocked = ?", .id(member), .id(other))
        case .erased(let id):
            try views.run("DELETE FROM private_messages WHERE conversation = ?", .id(id))
            try views.run("DELETE FROM conversation_members WHERE conversation = ?", .id(id))
            try views.run("DELETE FROM unheard_messages WHERE conversation = ?", .id(id))
            try views.run("DELETE FROM conversations WHERE id = ?", .id(id))
        case .messageDeleted(let id, let message): try hide(message, true, in: id, views)
        case .messageRestored(let id, let message): try hide(message, false, in: id, views)
        case .read, .reported, .opened, .messageDeletionCompleted, .messageErased: break
        }
    }

    /// Excludes a deleted message from the unread counts, or includes it again when the deletion is undone.
    private static func hide(
        _ message: MessageID, _ isDeleted: Bool, in id: ConversationID, _ views: ViewWriter
    ) throws {
        try views.run(
            "UPDATE private_messages SET is_deleted = ? WHERE id = ?", .bool(isDeleted), .id(message))
        try views.run(
            """
            UPDATE conversation_members SET newest = coalesce((
              SELECT max(p.position) FROM private_messages p
              WHERE p.conversation = ?1 AND p.author <> conversation_members.member AND p.is_deleted = 0
                AND NOT EXISTS (SELECT 1 FROM unheard_messages u
                  WHERE u.member = conversation_members.member AND u.position = p.position)), 0)
            WHERE conversation = ?1 AND is_present = 1
            """, .id(id))
    }

    /// The author has read everything before; those who have blocked her do not hear of the message.
    private static func deliver(
        _ position: Int, in id: ConversationID, from author: MemberID, to views: ViewWriter
    ) throws {
        try views.run(
            "UPDATE conversation_members SET own = ? WHERE conversation = ? AND member = ?", .integer(position),
            .id(id), .id(author))
        try views.run(
            """
            INSERT INTO unheard_messages SELECT m.member, ?1, ?2 FROM conversation_members m
            WHERE m.conversation = ?2 AND m.is_present = 1
              AND EXISTS (SELECT 1 FROM blocks WHERE blocks.member = m.member AND blocked = ?3)
            """, .integer(position), .id(id), .id(author))
        try views.run(
            """
            UPDATE conversation_members SET newest = ?1
            WHERE conversation = ?2 AND is_present = 1 AND member <> ?3
              AND NOT EXISTS (SELECT 1 FROM unheard_messages u WHERE u.member = conversation_members.member
                AND u.position = ?1)
            """, .integer(position), .id(id), .id(author))
    }

    private static func mute(
        _ id: ConversationID, _ member: MemberID, _ isMuted: Bool, in views: ViewWriter
    ) throws {
        try views.run(
            "UPDATE conversation_members SET is_muted = ? WHERE conversation = ? AND member = ?", .bool(isMuted),
            .id(id), .id(member))
    }
}
