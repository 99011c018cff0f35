package import Events

/// A post, from publication to removal or erasure.
package enum Post: Hashable, Sendable {
    case none
    case visible(PostFacts)
    /// Deleted by its author, who can undo that until the deletion is completed.
    case deleted(PostFacts)
    /// Removed by a moderator; can be reinstated. Its author may have deleted it before.
    case removed(PostFacts, RemovalReason)
    /// Erased for good: by a moderator, or when its deletion was completed.
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
    /// The subject of each revision: the post for the first one, and for all of those written before each had a subject.
    package var subjects: [Subject]
    /// When its author deleted it; nil when she has not, and once it is erased.
    package var deletedAt: Instant?
    /// When its author deleted an earlier revision, by its number; without those that are erased.
    package var deletedRevisions: [Int: Instant] = [:]

    /// The number of the latest revision.
    package var revision: Int { revisions.count }
    package var body: Personal<PostBody> { revisions.last ?? .erased }

    /// The subjects of all revisions, each once, the post's first.
    package var subjectsToErase: [Subject] {
        subjects.first.map { [$0] + subjects.dropFirst().filter { $0.kind == .revision } } ?? []
    }

    /// Whether no other revision is sealed under the same key.
    package func isSeparable(_ revision: Int) -> Bool {
        subjects.indices.contains(revision - 1) && subjects.count { $0 == subjects[revision - 1] } == 1
    }
}

extension Post: EventSourced {
    package static let initial = Post.none

    package mutating func evolve(_ event: PostEvent, at time: Instant) {
        switch event {
        case .published(let id, let thread, let author, let body):
            self = .visible(
                PostFacts(
                    id: id, thread: thread, author: author, revisions: [body], subjects: [Subject(.post, id)]))
        case .revised(_, _, _, let subject, let body):
            if case .visible(var facts) = self {
                facts.revisions.append(body)
                facts.subjects.append(subject)
                self = .visible(facts)
            }
        case .deleted:
            if var facts {
                facts.deletedAt = time
                self = .deleted(facts)
            }
        case .restored:
            if var facts {
                facts.deletedAt = nil
                self = .visible(facts)
            }
        case .removed(_, let reason): if let facts { self = .removed(facts, reason) }
        case .reinstated: if let facts { self = facts.deletedAt == nil ? .visible(facts) : .deleted(facts) }
        case .erased, .deletionCompleted:
            // A legal hold may defer the destruction of the key; the text is not shown in any case.
            if var facts {
                facts.revisions = facts.revisions.map { _ in .erased }
                facts.deletedAt = nil
                facts.deletedRevisions = [:]
                self = .erased(facts)
            }
        case .revisionDeleted(_, let number): update { $0.deletedRevisions[number] = time }
        case .revisionRestored(_, let number): update { $0.deletedRevisions[number] = nil }
        case .revisionDeletionCompleted(_, let number, fence: _):
            update { facts in
                facts.deletedRevisions[number] = nil
                if facts.revisions.indices.contains(number - 1) { facts.revisions[number - 1] = .erased }
            }
        }
    }

    private mutating func update(_ change: (inout PostFacts) -> Void) {
        guard var facts else { return }
        change(&facts)
        switch self {
        case .none: break
        case .visible: self = .visible(facts)
        case .deleted: self = .deleted(facts)
        case .removed(_, let reason): self = .removed(facts, reason)
        case .erased: self = .erased(facts)
        }
    }
}
