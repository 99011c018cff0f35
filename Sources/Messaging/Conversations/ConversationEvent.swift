package import Events

/// An event in a private conversation or in a member's block list.
package enum ConversationEvent: Hashable, Sendable {
    case begun(ConversationID, by: MemberID, with: [MemberID])
    case sent(MessageID, in: ConversationID, author: MemberID, text: Personal<MessageText>)
    /// In logs of earlier programs only: what is read is not recorded as an event (P-06.4).
    /// - Parameter through: the number of the last message that was read, counted from 1.
    case read(ConversationID, by: MemberID, through: Int)
    case left(ConversationID, MemberID)
    case muted(ConversationID, MemberID)
    case unmuted(ConversationID, MemberID)
    case reported(ConversationID, MessageReport)
    /// An administrator has read a reported message (P-06.2).
    case opened(ConversationID, MessageID, OpeningReason)
    /// The author has deleted her message: it is hidden, and erased when her time to undo that is over (P-06.3).
    case messageDeleted(ConversationID, MessageID)
    case messageRestored(ConversationID, MessageID)
    case messageDeletionCompleted(ConversationID, MessageID, fence: FenceID)
    /// A moderator has erased the text of one message.
    case messageErased(ConversationID, MessageID, fence: FenceID, TextErasureReason)
    /// No present or former member has an account any more: the remaining texts are erased.
    case erased(ConversationID)

    case blocked(MemberID, by: MemberID)
    case unblocked(MemberID, by: MemberID)
}

extension ConversationEvent {
    /// The stream the event belongs to.
    package var stream: StreamName {
        switch self {
        case .begun(let id, _, _), .sent(_, let id, _, _), .read(let id, _, _), .left(let id, _), .muted(let id, _),
            .unmuted(let id, _), .reported(let id, _), .opened(let id, _, _), .messageDeleted(let id, _),
            .messageRestored(let id, _), .messageDeletionCompleted(let id, _, _), .messageErased(let id, _, _, _),
            .erased(let id):
            StreamName(id)
        case .blocked(_, let member), .unblocked(_, let member): BlockList.stream(of: member)
        }
    }
}
