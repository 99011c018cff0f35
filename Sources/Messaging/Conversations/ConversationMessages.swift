package import Events

/// A message with its text, decrypted if its key still exists. Access control is the caller's.
package struct ConversationMessage: Hashable, Sendable {
    package let id: MessageID
    package let author: MemberID
    package let sent: Instant
    package let text: Personal<MessageText>
    /// Version of its event in the conversation's stream.
    package let version: Int

    fileprivate var withoutText: ConversationMessage {
        ConversationMessage(id: id, author: author, sent: sent, text: .erased, version: version)
    }
}

extension Messaging {
    package func conversation(_ id: ConversationID) throws -> Conversation {
        try log.state(of: StreamName(id)).state
    }

    /// The messages of a conversation after a version of its stream, oldest first.
    package func messages(in id: ConversationID, after version: Int = 0) throws -> [ConversationMessage] {
        var messages: [ConversationMessage] = []
        var erased: Set<MessageID> = []
        for event in try log.events(in: StreamName(id), after: version) {
            switch try ConversationEvent.decode(event) {
            case .sent(let message, in: _, let author, let text):
                messages.append(
                    ConversationMessage(
                        id: message, author: author, sent: event.time, text: text, version: event.version))
            case .messageErased(_, let message, _, _): erased.insert(message)
            case .erased: erased.formUnion(messages.map(\.id))
            case .begun, .read, .left, .muted, .unmuted, .reported, .opened, .blocked, .unblocked, nil: break
            }
        }
        // Erased messages whose keys a legal hold preserves.
        return messages.map { erased.contains($0.id) ? $0.withoutText : $0 }
    }

    /// The reports in a conversation, with their times.
    package func reports(in id: ConversationID) throws -> [(report: MessageReport, time: Instant)] {
        try log.events(in: StreamName(id)).compactMap { event in
            guard case .reported(_, let report) = try ConversationEvent.decode(event) else { return nil }
            return (report, event.time)
        }
    }
}
