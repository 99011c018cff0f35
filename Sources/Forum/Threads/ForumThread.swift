package import Events

/// A thread of the forum.
package enum ForumThread: Hashable, Sendable {
    case none
    case open(ThreadFacts)
    /// Readable, but ordinary members change nothing in it.
    case closed(ThreadFacts)

    package var facts: ThreadFacts? {
        switch self {
        case .none: nil
        case .open(let facts), .closed(let facts): facts
        }
    }

    func required() throws(ForumRefusal) -> ThreadFacts {
        guard let facts else { throw .noSuchThread }
        return facts
    }

    /// Throws unless a member of that standing may write in the thread.
    func requireWritable(by standing: Standing) throws(ForumRefusal) {
        switch self {
        case .none: throw .noSuchThread
        case .open: return
        case .closed: guard standing.role.moderates else { throw .threadClosed }
        }
    }

    private mutating func update(_ change: (inout ThreadFacts) -> Void) {
        switch self {
        case .none: break
        case .open(var facts):
            change(&facts)
            self = .open(facts)
        case .closed(var facts):
            change(&facts)
            self = .closed(facts)
        }
    }
}

/// Properties of an existing thread, open or closed.
package struct ThreadFacts: Hashable, Sendable {
    package let id: ThreadID
    package let author: MemberID
    package let first: PostID
    package var category: CategoryID
    package var title: Personal<ThreadTitle>
    package var isPinned = false
}

extension ForumThread: EventSourced {
    package static let initial = ForumThread.none

    package mutating func evolve(_ event: ForumEvent, at _: Instant) {
        switch event {
        case .threadOpened(let id, let category, let author, let first, let title):
            self = .open(ThreadFacts(id: id, author: author, first: first, category: category, title: title))
        case .threadRetitled(_, _, let title): update { $0.title = title }
        case .threadClosed: if let facts { self = .closed(facts) }
        case .threadReopened: if let facts { self = .open(facts) }
        case .threadMoved(_, _, let category): update { $0.category = category }
        case .threadPinned: update { $0.isPinned = true }
        case .threadUnpinned: update { $0.isPinned = false }
        case .threadTitleErased: update { $0.title = .erased }
        case .categoryCreated, .categoryDescribed, .categoryClosed, .categoryReopened, .categoriesOrdered,
            .postPublished, .postRevised, .postDeleted, .postRemoved, .postReinstated, .postErased:
            break
        }
    }
}

extension Forum {
    package func thread(_ id: ThreadID) throws -> ForumThread { try log.state(of: StreamName(id)).state }
}
