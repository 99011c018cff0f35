package import Events

/// A member sends a message in a conversation.
struct SendMessage {
    let message: MessageID
    let text: MessageText
    let author: MemberID
    /// The other members who can currently read messages.
    let reachable: Set<MemberID>

    /// With two members, a block by either refuses the message. With more, it is hidden from those who blocked the author, and refused only
    /// if all of them did.
    func decide(
        given conversation: Conversation, _ blocks: BlockLists
    ) throws(ConversationRefusal) -> [ConversationEvent] {
        let facts = try conversation.required(by: author)
        guard facts.messages.count < Conversation.mostMessages else { throw .full }
        let others = facts.others(than: author).filter(reachable.contains)
        guard let first = others.first else { throw .nobodyLeft }
        if facts.members.count == 2 {
            try blocks.admit(author, to: first)
        } else if others.allSatisfy({ blocks.takesNone(from: author, $0) }) {
            throw .notTaken(first)
        }
        return [.sent(message, in: facts.id, author: author, text: .known(text))]
    }
}

extension Messaging {
    package func send(
        _ text: MessageText, in conversation: ConversationID, by author: MemberID,
        reachable: ([MemberID]) throws -> Set<MemberID>, command: CommandID
    ) async throws -> (message: MessageID, appended: Appended) {
        let message = MessageID(createdBy: command)
        let appended = try await execute(command, by: .member(author)) { reading, _ in
            let present: Conversation = try reading.state(of: StreamName(conversation))
            let members = present.facts?.members ?? []
            return try SendMessage(
                message: message, text: text, author: author, reachable: reachable(members)
            ).decide(given: present, reading.blocks(among: members)).decided
        }
        return (message, appended)
    }
}
