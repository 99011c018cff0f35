package import Events

/// What happens to a post; each has a separate stream.
package enum PostEvent: Hashable, Sendable {
    case published(PostID, in: ThreadID, author: MemberID, body: Personal<PostBody>)
    /// The published body is revision 1; the first event of this kind has number 2.
    case revised(PostID, author: MemberID, revision: Int, body: Personal<PostBody>)
    case deleted(PostID)
    case removed(PostID, RemovalReason)
    /// A removal was undone, as after an appeal.
    case reinstated(PostID)
    case erased(PostID, fence: FenceID, TextErasureReason)

    var stream: StreamName {
        switch self {
        case .published(let id, _, _, _), .revised(let id, _, _, _), .deleted(let id), .removed(let id, _),
            .reinstated(let id), .erased(let id, _, _):
            StreamName(id)
        }
    }
}

package enum PostEventName: String, ForumStreamEventName {
    case published = "forum.post-published"
    case revised = "forum.post-revised"
    case deleted = "forum.post-deleted"
    case removed = "forum.post-removed"
    case reinstated = "forum.post-reinstated"
    case erased = "forum.post-erased"

    package var schema: Int {
        switch self {
        case .published: 2
        case .revised, .deleted, .removed, .reinstated, .erased: 1
        }
    }
}

extension PostEvent: NamedEvent {
    package func encoded() -> NewEvent {
        switch self {
        case .published(let id, let thread, let author, let body):
            event(
                .published, sealing: body.sealed(for: id, by: author),
                PostPublication(author: author, references: PostReferences(of: body), thread: thread))
        case .revised(let id, let author, let revision, let body):
            event(
                .revised, sealing: body.sealed(for: id, by: author),
                PostRevision(author: author, references: PostReferences(of: body), revision: revision))
        case .deleted: event(.deleted)
        case .removed(_, let reason): event(.removed, .reason, reason)
        case .reinstated: event(.reinstated)
        case .erased(_, let fence, let reason): event(.erased, TextErasure(fence: fence, reason: reason))
        }
    }

    package init(_ name: PostEventName, _ event: RecordedEvent) throws {
        switch name {
        case .published: self = try PostPublication.decode(event)
        case .revised: self = try PostRevision.decode(event)
        case .deleted: self = .deleted(try event.onlyID())
        case .removed: self = .removed(try event.id(), try event.clear(.reason))
        case .reinstated: self = .reinstated(try event.onlyID())
        case .erased:
            let erasure: TextErasure = try event.clear()
            self = .erased(try event.id(), fence: erasure.fence, erasure.reason)
        }
    }
}

extension ClearField<RemovalReason> {
    fileprivate static var reason: Self { "reason" }
}
