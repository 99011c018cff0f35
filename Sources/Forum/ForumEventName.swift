package import Events

/// The forum's events as the wire knows them.
package enum ForumEventName: String, CaseIterable, Sendable {
    case categoryCreated = "forum.category-created"
    case categoryDescribed = "forum.category-described"
    case categoryClosed = "forum.category-closed"
    case categoryReopened = "forum.category-reopened"
    case categoriesOrdered = "forum.categories-ordered"
    case threadOpened = "forum.thread-opened"
    case threadRetitled = "forum.thread-retitled"
    case threadClosed = "forum.thread-closed"
    case threadReopened = "forum.thread-reopened"
    case threadMoved = "forum.thread-moved"
    case threadPinned = "forum.thread-pinned"
    case threadUnpinned = "forum.thread-unpinned"
    case threadTitleErased = "forum.thread-title-erased"
    case postPublished = "forum.post-published"
    case postRevised = "forum.post-revised"
    case postDeleted = "forum.post-deleted"
    case postRemoved = "forum.post-removed"
    case postReinstated = "forum.post-reinstated"
    case postErased = "forum.post-erased"

    /// The schema that is written now; all earlier ones are still read.
    package var schema: Int {
        switch self {
        case .postPublished: 2
        case .categoryCreated, .categoryDescribed, .categoryClosed, .categoryReopened, .categoriesOrdered,
            .threadOpened, .threadRetitled, .threadClosed, .threadReopened, .threadMoved, .threadPinned,
            .threadUnpinned, .threadTitleErased, .postRevised, .postDeleted, .postRemoved, .postReinstated, .postErased:
            1
        }
    }

    package var type: EventType { EventType(rawValue, schema) }
}

/// An event that bears a name of the forum's but is none that this program can read.
package struct UnreadableForumEvent: Error, Hashable {
    package let position: Int
    package let type: EventType
}
