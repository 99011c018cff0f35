package import Events

/// A member leaves: afterwards she neither sees the conversation nor receives its messages.
struct LeaveConversation {
    let member: MemberID

    func decide(given conversation: Conversation) throws(ConversationRefusal) -> [ConversationEvent] {
        [.left(try conversation.required(by: member).id, member)]
    }
}

/// A member turns the notifications of a conversation off or on.
struct MuteConversation {
    let member: MemberID
    let isMuted: Bool

    func decide(given conversation: Conversation) throws(ConversationRefusal) -> [ConversationEvent] {
        let facts = try conversation.required(by: member)
        guard facts.muting.contains(member) != isMuted else { return [] }
        return [isMuted ? .muted(facts.id, member) : .unmuted(facts.id, member)]
    }
}

extension Messaging {
    package func leave(
        _ conversation: ConversationID, by member: MemberID, command: CommandID
    ) async throws -> Appended {
        try await execute(command, by: .member(member)) { reading, _ in
            try LeaveConversation(member: member).decide(given: reading.state(of: StreamName(conversation))).decided
        }
    }

    package func mute(
        _ conversation: ConversationID, _ isMuted: Bool, by member: MemberID, command: CommandID
    ) async throws -> Appended {
        try await execute(command, by: .member(member)) { reading, _ in
            try MuteConversation(member: member, isMuted: isMuted).decide(
                given: reading.state(of: StreamName(conversation))
            ).decided
        }
    }
}
