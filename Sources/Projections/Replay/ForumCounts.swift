import Events
import Forum

/// The contents of the forum, as counts.
package struct ForumCounts: Sendable {
    package enum PostState: String, CaseIterable, Sendable { case visible, deleted, removed, erased }

    private var openCategories: [CategoryID: Bool] = [:]
    private var openThreads: [ThreadID: Bool] = [:]
    private var postStates: [PostID: PostState] = [:]
    /// Posts that their authors have deleted, also those removed since.
    private var deleted: Set<PostID> = []

    package init() {}

    package var categories: (all: Int, open: Int) { (openCategories.count, openCategories.values.count { $0 }) }
    package var threads: (all: Int, open: Int) { (openThreads.count, openThreads.values.count { $0 }) }
    package var posts: [PostState: Int] { Dictionary(grouping: postStates.values) { $0 }.mapValues(\.count) }

    package mutating func take(_ event: AuditedEvent) {
        guard case .forum(let forum) = event.kind else { return }
        switch forum {
        case .category(.created(let id, _, _)), .category(.reopened(let id)): openCategories[id] = true
        case .category(.closed(let id)): openCategories[id] = false
        case .thread(.opened(let id, in: _, author: _, first: _, title: _)), .thread(.reopened(let id)):
            openThreads[id] = true
        case .thread(.closed(let id)): openThreads[id] = false
        case .post(.published(let id, in: _, author: _, body: _)), .post(.restored(let id)):
            postStates[id] = .visible
            deleted.remove(id)
        case .post(.reinstated(let id)): postStates[id] = deleted.contains(id) ? .deleted : .visible
        case .post(.deleted(let id)):
            postStates[id] = .deleted
            deleted.insert(id)
        case .post(.removed(let id, _)): postStates[id] = .removed
        case .post(.erased(let id, fence: _, _)), .post(.deletionCompleted(let id, fence: _)): postStates[id] = .erased
        case .category(.described), .category(.ordered), .thread(.retitled), .thread(.moved), .thread(.pinned),
            .thread(.unpinned), .thread(.titleErased), .post(.revised), .post(.revisionDeleted),
            .post(.revisionRestored), .post(.revisionDeletionCompleted):
            break
        }
    }
}
