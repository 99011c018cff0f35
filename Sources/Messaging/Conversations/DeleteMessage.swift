package import Events

/// The author deletes her message: it is hidden from everyone in the conversation at once, and erased later (P-06.3).
struct DeleteMessage {
    let message: MessageID
    let author: MemberID

    func decide(given conversation: Conversation) throws(ConversationRefusal) -> [ConversationEvent] {
        let facts = try conversation.requireOwn(message, by: author)
        guard !facts.erased.contains(message) else { throw .messageErased }
        return facts.deleted[message] == nil ? [.messageDeleted(facts.id, message)] : []
    }
}

/// The author undoes the deletion of her message while its period lasts.
struct RestoreMessage {
    let message: MessageID
    let author: MemberID
    /// Evaluated with the time of the deletion.
    let isRestorable: (Instant) -> Bool

    func decide(given conversation: Conversation) throws(ConversationRefusal) -> [ConversationEvent] {
        let facts = try conversation.requireOwn(message, by: author)
        guard !facts.erased.contains(message) else { throw .messageErased }
        guard let deleted = facts.deleted[message] else { return [] }
        guard isRestorable(deleted) else { throw .tooLateToRestore }
        return [.messageRestored(facts.id, message)]
    }
}

extension Conversation {
    fileprivate func requireOwn(
        _ message: MessageID, by member: MemberID
    ) throws(ConversationRefusal) -> ConversationFacts {
        let facts = try required(by: member)
        guard let author = facts.author(of: message) else { throw .noSuchMessage }
        guard author == member else { throw .notTheAuthor }
        return facts
    }
}

extension Messaging {
    package func delete(
        _ message: MessageID, in conversation: ConversationID, by author: MemberID, command: CommandID
    ) async throws -> Appended {
        try await execute(command, by: .member(author)) { reading, _ in
            try DeleteMessage(message: message, author: author).decide(
                given: reading.state(of: StreamName(conversation))
            ).decided
        }
    }

    /// - Parameter isRestorable: whether a deletion of that time can be undone at the second time; only the caller knows the period.
    package func restore(
        _ message: MessageID, in conversation: ConversationID, by author: MemberID, command: CommandID,
        when isRestorable: @escaping (_ deleted: Instant, _ now: Instant) -> Bool
    ) async throws -> Appended {
        try await execute(command, by: .member(author)) { reading, time in
            try RestoreMessage(message: message, author: author) { isRestorable($0, time) }.decide(
                given: reading.state(of: StreamName(conversation))
            ).decided
        }
    }

    /// Erases a message that its author has deleted. Idempotent.
    /// - Parameter isDue: evaluated with the time of the deletion and the present time, on the state at the append.
    /// - Returns: false when it is not deleted, or not due.
    package func completeDeletion(
        of message: MessageID, in conversation: ConversationID,
        when isDue: (_ deleted: Instant, _ now: Instant) throws -> Bool
    ) async throws -> Bool {
        guard let deleted = try self.conversation(conversation).facts?.deleted[message] else { return false }
        let command = CommandID(named: "deletion of \(message)", at: deleted)
        let fence = FenceID(createdBy: command)
        let appended = try await execute(command, by: .system) { reading, time in
            let present: Conversation = try reading.state(of: StreamName(conversation))
            guard present.facts?.deleted[message] == deleted, try isDue(deleted, time) else { return [] }
            reading.erase(ErasureRequest(fence: fence, .subjects([Subject(.message, message)])))
            return [ConversationEvent.messageDeletionCompleted(conversation, message, fence: fence)].decided
        }
        return appended.positions != nil && !appended.isRepetition
    }
}
