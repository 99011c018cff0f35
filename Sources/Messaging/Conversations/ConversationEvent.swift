package import Events

/// Everything that can happen in private conversations, and whom somebody takes no messages from.
package enum ConversationEvent: Hashable, Sendable {
    case begun(ConversationID, by: MemberID, with: [MemberID])
    case sent(MessageID, in: ConversationID, author: MemberID, text: Personal<MessageText>)
    /// - Parameter through: the number of the last message that was read, counted from 1.
    case read(ConversationID, by: MemberID, through: Int)
    case left(ConversationID, MemberID)
    case muted(ConversationID, MemberID)
    case unmuted(ConversationID, MemberID)
    case reported(ConversationID, MessageReport)
    /// An administrator has read a reported message (P-06.2).
    case opened(ConversationID, MessageID, OpeningReason)
    /// Nobody who ever was in it has an account any more: what was written goes as well.
    case erased(ConversationID)

    case blocked(MemberID, by: MemberID)
    case unblocked(MemberID, by: MemberID)
}

extension ConversationEvent {
    /// The stream to which the event belongs.
    package var stream: StreamName {
        switch self {
        case .begun(let id, _, _), .sent(_, let id, _, _), .read(let id, _, _), .left(let id, _), .muted(let id, _),
            .unmuted(let id, _), .reported(let id, _), .opened(let id, _, _),
            .erased(let id):
            StreamName(id)
        case .blocked(_, let member), .unblocked(_, let member): BlockList.stream(of: member)
        }
    }
}
