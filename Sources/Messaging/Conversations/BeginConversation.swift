package import Events

/// A member starts a conversation with one or more others.
struct BeginConversation {
    let conversation: ConversationID
    let message: MessageID
    let text: MessageText
    let author: MemberID
    let others: [MemberID]
    /// The addressees who can currently read messages.
    let reachable: Set<MemberID>

    func decide(given blocks: BlockLists) throws(ConversationRefusal) -> [ConversationEvent] {
        var named: [MemberID] = []
        for other in others where !named.contains(other) { named.append(other) }
        guard !named.contains(author) else { throw .yourself }
        guard !named.isEmpty else { throw .nobodyNamed }
        guard named.count < Conversation.mostMembers else { throw .tooManyMembers }
        for other in named {
            guard reachable.contains(other) else { throw .unreachable(other) }
            try blocks.admit(author, to: other)
        }
        return [
            .begun(conversation, by: author, with: named),
            .sent(message, in: conversation, author: author, text: .known(text)),
        ]
    }
}

extension Messaging {
    /// - Parameter reachable: the addressees who can currently read messages; only the caller knows accounts.
    package func beginConversation(
        with others: [MemberID], reachable: Set<MemberID>, _ text: MessageText, by author: MemberID, command: CommandID
    ) async throws -> (conversation: ConversationID, appended: Appended) {
        let begin = BeginConversation(
            conversation: ConversationID(createdBy: command), message: MessageID(createdBy: command), text: text,
            author: author, others: others, reachable: reachable)
        let appended = try await execute(command, by: .member(author)) { reading, _ in
            try begin.decide(given: reading.blocks(among: [author] + others)).decided
        }
        return (begin.conversation, appended)
    }
}

extension [ConversationEvent] {
    var decided: [Decided] { map { Decided($0, in: $0.stream) } }
}
