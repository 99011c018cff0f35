import Events

/// Why the forum does not do what somebody asked.
package enum ForumRefusal: DecisionRefusal, Hashable, Sendable {
    case noSuchCategory, noSuchThread, noSuchPost
    /// The role is not enough.
    case notAllowed
    case notTheAuthor
    /// Moderators take no measure against their own texts (P-08.2).
    case ownMatter
    case categoryClosed
    case threadClosed
    case postDeleted
    case postRemoved
    case postErased
    case titleErased
    /// Somebody else, or the author in another window, has revised the post since the form was opened.
    case revisedMeanwhile(latest: Int)
    case slugTaken
    /// The order given does not hold each category exactly once.
    case incompleteOrder
    /// Posts written for members only would become public.
    case wouldBecomePublic
}
