package import Events

/// A post, from publication to deletion, removal or erasure.
package enum Post: Hashable, Sendable {
    case none
    case visible(PostFacts)
    /// Deleted by its author.
    case deleted(PostFacts)
    /// Removed by a moderator; can be reinstated.
    case removed(PostFacts, RemovalReason)
    /// Erased for good by a moderator.
    case erased(PostFacts)

    package var facts: PostFacts? {
        switch self {
        case .none: nil
        case .visible(let facts), .deleted(let facts), .removed(let facts, _), .erased(let facts): facts
        }
    }

    func required() throws(ForumRefusal) -> PostFacts {
        guard let facts else { throw .noSuchPost }
        return facts
    }

    func requireVisible() throws(ForumRefusal) -> PostFacts {
        switch self {
        case .none: throw .noSuchPost
        case .visible(let facts): return facts
        case .deleted: throw .postDeleted
        case .removed: throw .postRemoved
        case .erased: throw .postErased
        }
    }
}

/// Properties of a post that remain known when its text is hidden or erased.
package struct PostFacts: Hashable, Sendable {
    package let id: PostID
    package let thread: ThreadID
    package let author: MemberID
    /// Index 0 is revision 1.
    package var revisions: [Personal<PostBody>]

    /// The number of the latest revision.
    package var revision: Int { revisions.count }
    package var body: Personal<PostBody> { revisions.last ?? .erased }
}

extension Post: EventSourced {
    package static let initial = Post.none

    package mutating func evolve(_ event: PostEvent, at _: Instant) {
        switch event {
        case .published(let id, let thread, let author, let body):
            self = .visible(PostFacts(id: id, thread: thread, author: author, revisions: [body]))
        case .revised(_, _, _, let body):
            if case .visible(var facts) = self {
                facts.revisions.append(body)
                self = .visible(facts)
            }
        case .deleted: if let facts { self = .deleted(facts) }
        case .removed(_, let reason): if let facts { self = .removed(facts, reason) }
        case .reinstated: if let facts { self = .visible(facts) }
        case .erased:
            // A legal hold may defer the destruction of the key; the text is not shown in any case.
            if var facts {
                facts.revisions = facts.revisions.map { _ in .erased }
                self = .erased(facts)
            }
        }
    }
}
