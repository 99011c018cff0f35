package import Events

/// A message, opened from the log for somebody who may read it. Who that is, is the caller's question.
package struct ConversationMessage: Hashable, Sendable {
    package let id: MessageID
    package let author: MemberID
    package let sent: Instant
    package let text: Personal<MessageText>
    /// Of its event in the conversation's stream.
    package let version: Int
}

extension Messaging {
    package func conversation(_ id: ConversationID) throws -> Conversation {
        try log.state(of: StreamName(id)).state
    }

    /// The messages of a conversation, the oldest first, from behind a version of its stream on.
    package func messages(in id: ConversationID, after version: Int = 0) throws -> [ConversationMessage] {
        try log.events(in: StreamName(id), after: version).compactMap { event in
            guard case .sent(let message, in: _, let author, let text) = try ConversationEvent.decode(event) else {
                return nil
            }
            return ConversationMessage(
                id: message, author: author, sent: event.time, text: text, version: event.version)
        }
    }

    /// What was reported in a conversation, with when.
    package func reports(in id: ConversationID) throws -> [(report: MessageReport, time: Instant)] {
        try log.events(in: StreamName(id)).compactMap { event in
            guard case .reported(_, let report) = try ConversationEvent.decode(event) else { return nil }
            return (report, event.time)
        }
    }
}
