import Events

/// Why the forum refuses a command.
package enum ForumRefusal: DecisionRefusal, Hashable, Sendable {
    case noSuchCategory, noSuchThread, noSuchPost
    /// The role does not permit it.
    case notAllowed
    case notTheAuthor
    /// Moderators take no measure against their own texts (P-08.2).
    case ownMatter
    case categoryClosed
    case threadClosed
    case postDeleted
    case postRemoved
    case postErased
    /// The period in which a deletion can be undone is over.
    case tooLateToRestore
    case noSuchRevision
    /// The latest revision is deleted with the post only.
    case latestRevision
    /// The revision has the same key as others, from before each had one.
    case inseparableRevision
    case titleErased
    /// The post was revised after the form was opened, by the author in another window.
    case revisedMeanwhile(latest: Int)
    case slugTaken
    /// The order given does not hold each category exactly once.
    case incompleteOrder
    /// Posts written for members only would become public.
    case wouldBecomePublic
}
