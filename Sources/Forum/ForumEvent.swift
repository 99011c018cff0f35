package import Events

/// The events of the forum.
package enum ForumEvent: Hashable, Sendable {
    case categoryCreated(CategoryID, Audience, Personal<CategoryText>)
    case categoryDescribed(CategoryID, Personal<CategoryText>)
    case categoryClosed(CategoryID)
    case categoryReopened(CategoryID)
    /// All categories, in the order in which they are shown.
    case categoriesOrdered([CategoryID])

    case threadOpened(ThreadID, in: CategoryID, author: MemberID, first: PostID, title: Personal<ThreadTitle>)
    /// `author` is the thread's author, also when a moderator wrote the new title.
    case threadRetitled(ThreadID, author: MemberID, title: Personal<ThreadTitle>)
    case threadClosed(ThreadID)
    case threadReopened(ThreadID)
    case threadMoved(ThreadID, from: CategoryID, to: CategoryID)
    case threadPinned(ThreadID)
    case threadUnpinned(ThreadID)
    case threadTitleErased(ThreadID, fence: FenceID, TextErasureReason)

    case postPublished(PostID, in: ThreadID, author: MemberID, body: Personal<PostBody>)
    /// The published body is revision 1; the first event of this kind has number 2.
    case postRevised(PostID, author: MemberID, revision: Int, body: Personal<PostBody>)
    case postDeleted(PostID)
    case postRemoved(PostID, RemovalReason)
    /// A removal was undone, as after an appeal.
    case postReinstated(PostID)
    case postErased(PostID, fence: FenceID, TextErasureReason)
}

extension ForumEvent {
    /// The stream that the event belongs to.
    package var stream: StreamName {
        switch self {
        case .categoryCreated(let id, _, _), .categoryDescribed(let id, _), .categoryClosed(let id),
            .categoryReopened(let id):
            StreamName(id)
        case .categoriesOrdered: CategoryOrder.stream
        case .threadOpened(let id, _, _, _, _), .threadRetitled(let id, _, _), .threadClosed(let id),
            .threadReopened(let id), .threadMoved(let id, _, _), .threadPinned(let id), .threadUnpinned(let id),
            .threadTitleErased(let id, _, _):
            StreamName(id)
        case .postPublished(let id, _, _, _), .postRevised(let id, _, _, _), .postDeleted(let id),
            .postRemoved(let id, _), .postReinstated(let id), .postErased(let id, _, _):
            StreamName(id)
        }
    }
}
