package import Events

package enum BlockListKind: IdentifierKind { package static let name = "block-list" }

/// The members whose messages a member has blocked.
package struct BlockList: Hashable, Sendable {
    package internal(set) var members: Set<MemberID> = []

    static func stream(of member: MemberID) -> StreamName {
        StreamName(Identifier<BlockListKind>(rawValue: member.rawValue))
    }
}

extension BlockList: EventSourced {
    package static let initial = BlockList()

    package mutating func evolve(_ event: ConversationEvent, at _: Instant) {
        switch event {
        case .blocked(let member, by: _): members.insert(member)
        case .unblocked(let member, by: _): members.remove(member)
        case .begun, .sent, .read, .left, .muted, .unmuted, .reported, .opened, .erased, .messageDeleted,
            .messageRestored,
            .messageDeletionCompleted, .messageErased:
            break
        }
    }
}

/// The block lists of the members in one conversation.
struct BlockLists {
    let lists: [MemberID: BlockList]

    func takesNone(from author: MemberID, _ member: MemberID) -> Bool {
        lists[member]?.members.contains(author) ?? false
    }

    /// Throws if either member has blocked the other: a message that cannot be answered is not sent.
    func admit(_ author: MemberID, to other: MemberID) throws(ConversationRefusal) {
        if takesNone(from: other, author) { throw .blockedByYou(other) }
        if takesNone(from: author, other) { throw .notTaken(other) }
    }
}

extension StreamReading {
    mutating func blocks(among members: [MemberID]) throws -> BlockLists {
        var lists: [MemberID: BlockList] = [:]
        for member in members { lists[member] = try state(of: BlockList.stream(of: member)) }
        return BlockLists(lists: lists)
    }
}

/// A member blocks or unblocks another member's messages.
struct BlockMember {
    let other: MemberID
    let isBlocked: Bool
    let member: MemberID

    func decide(given list: BlockList) throws(ConversationRefusal) -> [ConversationEvent] {
        guard other != member else { throw .yourself }
        guard list.members.contains(other) != isBlocked else { return [] }
        return [isBlocked ? .blocked(other, by: member) : .unblocked(other, by: member)]
    }
}

extension Messaging {
    package func block(
        _ other: MemberID, _ isBlocked: Bool, by member: MemberID, command: CommandID
    ) async throws -> Appended {
        try await execute(command, by: .member(member)) { reading, _ in
            try BlockMember(other: other, isBlocked: isBlocked, member: member).decide(
                given: reading.state(of: BlockList.stream(of: member))
            ).decided
        }
    }

    /// The members whose messages a member has blocked.
    package func blocked(by member: MemberID) throws -> Set<MemberID> {
        try log.state(of: BlockList.stream(of: member), as: BlockList.self).state.members
    }
}
