package import Events

/// A member has read a conversation up to a message.
struct ReadMessages {
    let member: MemberID
    /// Counted from 1.
    let number: Int

    func decide(given conversation: Conversation) throws(ConversationRefusal) -> [ConversationEvent] {
        let facts = try conversation.required(by: member)
        let last = min(number, facts.messages.count)
        return last > facts.read[member] ?? 0 ? [.read(facts.id, by: member, through: last)] : []
    }
}

extension Messaging {
    package func read(
        _ conversation: ConversationID, through number: Int, by member: MemberID, command: CommandID
    ) async throws -> Appended {
        try await execute(command, by: .member(member)) { reading, _ in
            try ReadMessages(member: member, number: number).decide(
                given: reading.state(of: StreamName(conversation))
            ).decided
        }
    }
}
