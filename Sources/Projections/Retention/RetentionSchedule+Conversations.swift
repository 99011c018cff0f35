import Events
import Messaging

/// The text of a conversation is retained while any of its present or former participants has an account: after that no member can read it.
extension RetentionSchedule {
    static func apply(_ event: ConversationEvent, at time: Instant, to views: ViewWriter) throws {
        switch event {
        case .begun(let id, let by, let others):
            for member in [by] + others {
                try views.run(
                    "INSERT INTO conversation_retention VALUES (?, ?) ON CONFLICT DO NOTHING", .id(member), .id(id))
            }
        case .erased(let id):
            try views.run(
                "DELETE FROM schedule WHERE kind = ? AND id = ?", .text(Kind.abandonedConversation.rawValue), .id(id))
            try views.run(
                """
                DELETE FROM schedule WHERE kind = ? AND id IN (
                  SELECT message FROM message_deletions WHERE conversation = ?)
                """, .text(Kind.deletedMessage.rawValue), .id(id))
            try views.run("DELETE FROM message_deletions WHERE conversation = ?", .id(id))
        case .messageDeleted(let id, let message):
            try views.put(.deletedMessage, .id(message), since: time)
            try views.run("INSERT INTO message_deletions VALUES (?, ?) ON CONFLICT DO NOTHING", .id(message), .id(id))
        case .messageRestored(_, let message), .messageDeletionCompleted(_, let message, _),
            .messageErased(_, let message, _, _):
            try views.end(.deletedMessage, .id(message))
            try views.run("DELETE FROM message_deletions WHERE message = ?", .id(message))
        case .sent, .read, .left, .muted, .unmuted, .reported, .opened, .blocked, .unblocked: break
        }
    }

    static func leaveConversations(_ member: MemberID, at time: Instant, in views: ViewWriter) throws {
        try views.run(
            """
            INSERT INTO schedule SELECT ?1, conversation, ?2 FROM conversation_retention r WHERE member = ?3
              AND NOT EXISTS (SELECT 1 FROM conversation_retention o
                WHERE o.conversation = r.conversation AND o.member <> ?3)
            ON CONFLICT DO NOTHING
            """, .text(Kind.abandonedConversation.rawValue), .time(time), .id(member))
        try views.run("DELETE FROM conversation_retention WHERE member = ?", .id(member))
    }
}
