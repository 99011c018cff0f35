import Accounts
import Events
import Messaging

/// Who is in which conversation, what is unread, and where each message is in the log. Never the text.
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
          unread INTEGER NOT NULL DEFAULT 0,
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
        CREATE TABLE blocks(member INTEGER NOT NULL, blocked INTEGER NOT NULL, PRIMARY KEY (member, blocked)) STRICT, WITHOUT ROWID;
        """

    static let indices = """
        CREATE INDEX unread_conversations ON conversation_members(member) WHERE unread > 0;
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
            try views.run(
                """
                UPDATE conversation_members SET unread = CASE
                  WHEN member = ?1 THEN 0
                  WHEN EXISTS (SELECT 1 FROM blocks WHERE blocks.member = conversation_members.member AND blocked = ?1)
                  THEN unread ELSE unread + 1 END
                WHERE conversation = ?2 AND is_present = 1
                """, .id(author), .id(id))
        case .read(let id, let member, let number):
            try views.run(
                """
                UPDATE conversation_members SET unread = (
                  SELECT count(*) FROM private_messages
                  WHERE conversation = ?1 AND number > ?2 AND author <> ?3 AND is_deleted = 0
                    AND author NOT IN (SELECT blocked FROM blocks WHERE blocks.member = ?3))
                WHERE conversation = ?1 AND member = ?3
                """, .id(id), .integer(number), .id(member))
        case .left(let id, let member):
            try views.run(
                "UPDATE conversation_members SET is_present = 0, unread = 0 WHERE conversation = ? AND member = ?",
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
            try views.run("DELETE FROM conversations WHERE id = ?", .id(id))
        case .messageDeleted(let id, let message):
            try markRead(message, in: id, views)
            try views.run("UPDATE private_messages SET is_deleted = 1 WHERE id = ?", .id(message))
        case .messageRestored(_, let message):
            try views.run("UPDATE private_messages SET is_deleted = 0 WHERE id = ?", .id(message))
        case .reported, .opened, .messageDeletionCompleted, .messageErased: break
        }
    }

    /// A deleted message no longer counts as unread: it was among the last `unread` messages of those who have not read it.
    private static func markRead(_ message: MessageID, in id: ConversationID, _ views: ViewWriter) throws {
        try views.run(
            """
            UPDATE conversation_members SET unread = unread - 1
            WHERE conversation = ?1 AND unread > (
              SELECT count(*) FROM private_messages p JOIN private_messages d ON d.id = ?2
              WHERE p.conversation = ?1 AND p.number > d.number AND p.is_deleted = 0
                AND p.author <> conversation_members.member
                AND p.author NOT IN (SELECT blocked FROM blocks WHERE blocks.member = conversation_members.member))
              AND EXISTS (SELECT 1 FROM private_messages d WHERE d.id = ?2 AND d.author <> conversation_members.member
                AND d.author NOT IN (SELECT blocked FROM blocks WHERE blocks.member = conversation_members.member))
            """, .id(id), .id(message))
    }

    private static func mute(
        _ id: ConversationID, _ member: MemberID, _ isMuted: Bool, in views: ViewWriter
    ) throws {
        try views.run(
            "UPDATE conversation_members SET is_muted = ? WHERE conversation = ? AND member = ?", .bool(isMuted),
            .id(id), .id(member))
    }
}
