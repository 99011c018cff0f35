package import Events

/// A member writes to one or several others, in a conversation of their own.
struct BeginConversation {
    let conversation: ConversationID
    let message: MessageID
    let text: MessageText
    let author: MemberID
    let others: [MemberID]
    /// Those of the others who can read a message now.
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
    /// - Parameter reachable: those who can read a message now; whoever runs the command knows accounts.
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
