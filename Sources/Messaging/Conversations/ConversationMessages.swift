package import Events

/// A message with its text, decrypted if its key still exists. Access control is the caller's.
package struct ConversationMessage: Hashable, Sendable {
    package let id: MessageID
    package let author: MemberID
    package let sent: Instant
    package let text: Personal<MessageText>
    /// When its author deleted it; nil when she has not, and once it is erased.
    package internal(set) var deletedAt: Instant?
    /// Version of its event in the conversation's stream.
    package let version: Int

    fileprivate func withoutText(deletedAt: Instant? = nil) -> ConversationMessage {
        ConversationMessage(
            id: id, author: author, sent: sent, text: .erased, deletedAt: deletedAt, version: version)
    }
}

extension Messaging {
    package func conversation(_ id: ConversationID) throws -> Conversation {
        try log.state(of: StreamName(id)).state
    }

    /// The messages of a conversation after a version of its stream, oldest first.
    /// - Parameter showsDeleted: whether the text of a deleted message is included until it is erased: for its author, and for staff who
    ///   judge a report.
    package func messages(
        in id: ConversationID, after version: Int = 0, showsDeleted: Bool = false
    ) throws -> [ConversationMessage] {
        var messages: [ConversationMessage] = []
        var erased: Set<MessageID> = []
        var deleted: [MessageID: Instant] = [:]
        for event in try log.events(in: StreamName(id), after: version) {
            switch try ConversationEvent.decode(event) {
            case .sent(let message, in: _, let author, let text):
                messages.append(
                    ConversationMessage(
                        id: message, author: author, sent: event.time, text: text, version: event.version))
            case .messageDeleted(_, let message): deleted[message] = event.time
            case .messageRestored(_, let message): deleted[message] = nil
            case .messageDeletionCompleted(_, let message, _), .messageErased(_, let message, _, _):
                erased.insert(message)
            case .erased: erased.formUnion(messages.map(\.id))
            case .begun, .read, .left, .muted, .unmuted, .reported, .opened, .blocked, .unblocked, nil: break
            }
        }
        return messages.map { message in
            // A legal hold may preserve the key of an erased message.
            if erased.contains(message.id) { return message.withoutText() }
            guard let time = deleted[message.id] else { return message }
            guard showsDeleted else { return message.withoutText(deletedAt: time) }
            var shown = message
            shown.deletedAt = time
            return shown
        }
    }

    /// The reports in a conversation, with their times.
    package func reports(in id: ConversationID) throws -> [(report: MessageReport, time: Instant)] {
        try log.events(in: StreamName(id)).compactMap { event in
            guard case .reported(_, let report) = try ConversationEvent.decode(event) else { return nil }
            return (report, event.time)
        }
    }
}
