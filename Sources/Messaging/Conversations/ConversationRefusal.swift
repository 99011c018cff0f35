package import Events

/// Why a private message, or something about one, is refused.
package enum ConversationRefusal: DecisionRefusal, Hashable, Sendable {
    /// There is none, or none that this member is in.
    case noSuchConversation
    case noSuchMessage
    /// Nobody to write to was named.
    case nobodyNamed
    case tooManyMembers
    /// That one is no member, or cannot read anything now.
    case unreachable(MemberID)
    /// That one takes no messages from whoever writes.
    case notTaken(MemberID)
    /// Whoever writes takes no messages from that one.
    case blockedByYou(MemberID)
    /// Everybody else has left or is a member no more.
    case nobodyLeft
    /// As many messages as a conversation holds.
    case full
    case ownMessage
    /// Only what was reported can be opened by somebody who is not in the conversation.
    case notReported
    case yourself
    /// A participant of the conversation handles no report of it (P-08.2).
    case ownMatter
}
