import Events
import Forum

/// The contents of the forum, as counts.
package struct ForumCounts: Sendable {
    package enum PostState: String, CaseIterable, Sendable { case visible, deleted, removed, erased }

    private var openCategories: [CategoryID: Bool] = [:]
    private var openThreads: [ThreadID: Bool] = [:]
    private var postStates: [PostID: PostState] = [:]

    package init() {}

    package var categories: (all: Int, open: Int) { (openCategories.count, openCategories.values.count { $0 }) }
    package var threads: (all: Int, open: Int) { (openThreads.count, openThreads.values.count { $0 }) }
    package var posts: [PostState: Int] { Dictionary(grouping: postStates.values) { $0 }.mapValues(\.count) }

    package mutating func take(_ event: AuditedEvent) {
        guard case .forum(let forum) = event.kind else { return }
        switch forum {
        case .categoryCreated(let id, _, _), .categoryReopened(let id): openCategories[id] = true
        case .categoryClosed(let id): openCategories[id] = false
        case .threadOpened(let id, in: _, author: _, first: _, title: _), .threadReopened(let id):
            openThreads[id] = true
        case .threadClosed(let id): openThreads[id] = false
        case .postPublished(let id, in: _, author: _, body: _), .postReinstated(let id): postStates[id] = .visible
        case .postDeleted(let id): postStates[id] = .deleted
        case .postRemoved(let id, _): postStates[id] = .removed
        case .postErased(let id, fence: _, _): postStates[id] = .erased
        case .categoryDescribed, .categoriesOrdered, .threadRetitled, .threadMoved, .threadPinned, .threadUnpinned,
            .threadTitleErased, .postRevised:
            break
        }
    }
}
