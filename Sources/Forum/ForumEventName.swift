import Events

/// The events of the forum by their names on the wire.
package enum ForumEventName: String, WireName {
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

    package static let prefix = "forum."

    package var schema: Int {
        switch self {
        case .postPublished: 2
        case .categoryCreated, .categoryDescribed, .categoryClosed, .categoryReopened, .categoriesOrdered,
            .threadOpened, .threadRetitled, .threadClosed, .threadReopened, .threadMoved, .threadPinned,
            .threadUnpinned, .threadTitleErased, .postRevised, .postDeleted, .postRemoved, .postReinstated, .postErased:
            1
        }
    }
}
