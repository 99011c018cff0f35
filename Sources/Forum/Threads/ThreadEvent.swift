package import Events

/// What happens to a thread; each has a separate stream.
package enum ThreadEvent: Hashable, Sendable {
    case opened(ThreadID, in: CategoryID, author: MemberID, first: PostID, title: Personal<ThreadTitle>)
    /// `author` is the thread's author, also when a moderator wrote the new title.
    case retitled(ThreadID, author: MemberID, title: Personal<ThreadTitle>)
    case closed(ThreadID)
    case reopened(ThreadID)
    case moved(ThreadID, from: CategoryID, to: CategoryID)
    case pinned(ThreadID)
    case unpinned(ThreadID)
    case titleErased(ThreadID, fence: FenceID, TextErasureReason)

    /// The title that the thread has from then on; nil when it stays the same.
    package var title: Personal<ThreadTitle>? {
        switch self {
        case .opened(_, _, _, _, let title), .retitled(_, _, let title): title
        case .closed, .reopened, .moved, .pinned, .unpinned, .titleErased: nil
        }
    }

    var stream: StreamName {
        switch self {
        case .opened(let id, _, _, _, _), .retitled(let id, _, _), .closed(let id), .reopened(let id),
            .moved(let id, _, _), .pinned(let id), .unpinned(let id), .titleErased(let id, _, _):
            StreamName(id)
        }
    }
}

package enum ThreadEventName: String, ForumStreamEventName {
    case opened = "forum.thread-opened"
    case retitled = "forum.thread-retitled"
    case closed = "forum.thread-closed"
    case reopened = "forum.thread-reopened"
    case moved = "forum.thread-moved"
    case pinned = "forum.thread-pinned"
    case unpinned = "forum.thread-unpinned"
    case titleErased = "forum.thread-title-erased"
}

extension ThreadEvent: NamedEvent {
    package func encoded() -> NewEvent {
        switch self {
        case .opened(let id, let category, let author, let first, let title):
            event(.opened, sealing: title.sealed(for: id, by: author)) {
                $0.write(.author, author)
                $0.write(.category, category)
                $0.write(.first, first)
            }
        case .retitled(let id, let author, let title):
            event(.retitled, sealing: title.sealed(for: id, by: author)) { $0.write(.author, author) }
        case .closed: event(.closed)
        case .reopened: event(.reopened)
        case .moved(_, let from, let to):
            event(.moved) {
                $0.write(.from, from)
                $0.write(.to, to)
            }
        case .pinned: event(.pinned)
        case .unpinned: event(.unpinned)
        case .titleErased(_, let fence, let reason): event(.titleErased, TextErasure(fence: fence, reason: reason))
        }
    }

    package init(_ name: ThreadEventName, _ event: RecordedEvent) throws {
        switch name {
        case .opened:
            let (author, category, first) = try event.clear(.author, .category, .first)
            self = .opened(try event.id(), in: category, author: author, first: first, title: try event.personal())
        case .retitled:
            self = .retitled(try event.id(), author: try event.clear(.author), title: try event.personal())
        case .closed: self = .closed(try event.onlyID())
        case .reopened: self = .reopened(try event.onlyID())
        case .moved:
            let (from, to) = try event.clear(.from, .to)
            self = .moved(try event.id(), from: from, to: to)
        case .pinned: self = .pinned(try event.onlyID())
        case .unpinned: self = .unpinned(try event.onlyID())
        case .titleErased:
            let erasure: TextErasure = try event.clear()
            self = .titleErased(try event.id(), fence: erasure.fence, erasure.reason)
        }
    }
}

extension Personal<ThreadTitle> {
    fileprivate func sealed(for thread: ThreadID, by author: MemberID) -> SealedPart {
        SealedPart(Subject(.thread, thread), of: Owner(author), self)
    }
}

extension ClearField<MemberID> {
    fileprivate static var author: Self { "author" }
}

extension ClearField<CategoryID> {
    fileprivate static var category: Self { "category" }
    fileprivate static var from: Self { "from" }
    fileprivate static var to: Self { "to" }
}

extension ClearField<PostID> {
    fileprivate static var first: Self { "first" }
}
