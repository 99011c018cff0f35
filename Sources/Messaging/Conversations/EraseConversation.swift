package import Events

/// Erases what remains of a conversation when no present or former member has an account any more. Until then each member's choice for her
/// texts applies, since the remaining members can still read them.
struct EraseConversation {
    func decide(given conversation: Conversation) -> [ConversationEvent] {
        guard let facts = conversation.facts, !facts.isErased else { return [] }
        return [.erased(facts.id)]
    }
}

extension Messaging {
    /// The caller checks that no member is left and that nothing else needs the conversation.
    /// - Returns: false when it was erased before.
    package func eraseConversation(_ id: ConversationID) async throws -> Bool {
        let time = clock.now()
        let command = CommandID(named: "abandoned \(id)", at: Instant(milliseconds: 0))
        let conversation: Conversation = try log.state(of: StreamName(id)).state
        guard !EraseConversation().decide(given: conversation).isEmpty else { return false }
        let texts = try messages(in: id, showsDeleted: true).filter { $0.text.value != nil }.map {
            Subject(.message, $0.id)
        }
        let fence = FenceID(createdBy: CommandID(named: "conversation \(id)", at: time))
        let appended = try await execute(command, by: .system) { reading, _ in
            if !texts.isEmpty { reading.erase(ErasureRequest(fence: fence, .subjects(texts))) }
            return EraseConversation().decide(given: try reading.state(of: StreamName(id))).decided
        }
        return !appended.isRepetition
    }
}
