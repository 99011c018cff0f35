package import Events

/// A private conversation of two or more members (P-06.2).
package enum Conversation: Hashable, Sendable {
    /// Maximum messages per conversation, to bound the cost of reading one; when it is full, a new one can be begun.
    package static let mostMessages = 2000
    /// Including the member who begins it.
    package static let mostMembers = 20

    case none
    case begun(ConversationFacts)

    package var facts: ConversationFacts? {
        switch self {
        case .none: nil
        case .begun(let facts): facts
        }
    }

    /// - Throws: `noSuchConversation`, also for a member who is not in it: the existence of a conversation is not disclosed.
    func required(by member: MemberID) throws(ConversationRefusal) -> ConversationFacts {
        guard let facts, facts.isPresent(member) else { throw .noSuchConversation }
        return facts
    }
}

/// The folded state of a conversation, without message texts.
package struct ConversationFacts: Hashable, Sendable {
    package let id: ConversationID
    /// All present and former members, the one who began it first.
    package let members: [MemberID]
    package internal(set) var absent: Set<MemberID> = []
    package internal(set) var muting: Set<MemberID> = []
    package internal(set) var messages: [MessageFacts] = []
    package internal(set) var reports: [MessageReport] = []
    package internal(set) var erased: Set<MessageID> = []
    /// When their authors deleted the messages that are not erased yet.
    package internal(set) var deleted: [MessageID: Instant] = [:]
    /// Set when all members' accounts have been erased, and the messages with them.
    package internal(set) var isErased = false

    package func isPresent(_ member: MemberID) -> Bool { members.contains(member) && !absent.contains(member) }

    /// The present members who receive messages from `member`.
    package func others(than member: MemberID) -> [MemberID] {
        members.filter { $0 != member && !absent.contains($0) }
    }

    package func author(of message: MessageID) -> MemberID? { messages.first { $0.id == message }?.author }
}

/// A message without its text.
package struct MessageFacts: Hashable, Sendable {
    package let id: MessageID
    package let author: MemberID
}

extension Conversation: EventSourced {
    package static let initial = Conversation.none

    package mutating func evolve(_ event: ConversationEvent, at time: Instant) {
        switch event {
        case .begun(let id, let by, let others):
            self = .begun(ConversationFacts(id: id, members: [by] + others))
        case .sent(let id, _, let author, _):
            update { $0.messages.append(MessageFacts(id: id, author: author)) }
        case .left(_, let member): update { $0.absent.insert(member) }
        case .muted(_, let member): update { $0.muting.insert(member) }
        case .unmuted(_, let member): update { $0.muting.remove(member) }
        case .reported(_, let report): update { $0.reports.append(report) }
        case .messageDeleted(_, let message): update { $0.deleted[message] = time }
        case .messageRestored(_, let message): update { $0.deleted[message] = nil }
        case .messageDeletionCompleted(_, let message, _), .messageErased(_, let message, _, _):
            update { facts in
                facts.deleted[message] = nil
                facts.erased.insert(message)
            }
        case .erased: update { $0.isErased = true }
        case .read, .opened, .blocked, .unblocked: break
        }
    }

    private mutating func update(_ change: (inout ConversationFacts) -> Void) {
        guard case .begun(var facts) = self else { return }
        change(&facts)
        self = .begun(facts)
    }
}
