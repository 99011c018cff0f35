package import Events

/// Why a command on a conversation or block list is refused.
package enum ConversationRefusal: DecisionRefusal, Hashable, Sendable {
    /// There is no such conversation, or the member is not in it.
    case noSuchConversation
    case noSuchMessage
    /// No addressee was named.
    case nobodyNamed
    case tooManyMembers
    /// The addressee is not a member, or cannot read messages now.
    case unreachable(MemberID)
    /// The addressee has blocked the author.
    case notTaken(MemberID)
    /// The author has blocked the addressee.
    case blockedByYou(MemberID)
    /// All others have left or are no longer members.
    case nobodyLeft
    /// The conversation holds the maximum number of messages.
    case full
    case ownMessage
    /// Another member wrote the message.
    case notTheAuthor
    /// The message is erased.
    case messageErased
    /// The period in which a deletion can be undone is over.
    case tooLateToRestore
    /// Only a reported message can be opened or erased by staff who are not in the conversation.
    case notReported
    case yourself
    /// A participant of the conversation handles no report of it (P-08.2).
    case ownMatter
}
