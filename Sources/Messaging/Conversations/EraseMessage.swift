package import Events

/// A moderator erases a reported message, opened or not. It cannot be undone.
struct EraseMessage {
    let message: MessageID
    let reason: TextErasureReason
    let fence: FenceID
    let moderator: MemberID

    func decide(given conversation: Conversation) throws(ConversationRefusal) -> [ConversationEvent] {
        guard let facts = conversation.facts else { throw .noSuchConversation }
        guard !facts.members.contains(moderator) else { throw .ownMatter }
        guard facts.reports.contains(where: { $0.message == message }) else { throw .notReported }
        return facts.erased.contains(message) ? [] : [.messageErased(facts.id, message, fence: fence, reason)]
    }
}

extension Messaging {
    /// Erases the text of one message together with appending the event. The caller checks the role.
    package func erase(
        _ message: MessageID, in conversation: ConversationID, because reason: TextErasureReason,
        by moderator: MemberID,
        command: CommandID
    ) async throws -> Appended {
        let fence = FenceID(createdBy: command)
        return try await execute(command, by: .member(moderator)) { reading, _ in
            reading.erase(ErasureRequest(fence: fence, .subjects([Subject(.message, message)])))
            return try EraseMessage(message: message, reason: reason, fence: fence, moderator: moderator).decide(
                given: reading.state(of: StreamName(conversation))
            ).decided
        }
    }

    package func isErased(_ message: MessageID, in conversation: ConversationID) throws -> Bool {
        try log.state(of: StreamName(conversation), as: Conversation.self).state.facts?.erased.contains(message) == true
    }
}
