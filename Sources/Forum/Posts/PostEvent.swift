package import Events

/// What happens to a post; each has a separate stream.
package enum PostEvent: Hashable, Sendable {
    case published(PostID, in: ThreadID, author: MemberID, body: Personal<PostBody>)
    /// The published body is revision 1; the first event of this kind has number 2.
    /// - Parameter under: the subject of the body; the post in schema 1.
    case revised(PostID, author: MemberID, revision: Int, under: Subject, body: Personal<PostBody>)
    case deleted(PostID)
    /// The author has undone her deletion.
    case restored(PostID)
    /// The period in which a deletion can be undone is over: the text is erased.
    case deletionCompleted(PostID, fence: FenceID)
    /// The author has deleted an earlier revision.
    case revisionDeleted(PostID, Int)
    case revisionRestored(PostID, Int)
    case revisionDeletionCompleted(PostID, Int, fence: FenceID)
    case removed(PostID, RemovalReason)
    /// A removal was undone, as after an appeal.
    case reinstated(PostID)
    case erased(PostID, fence: FenceID, TextErasureReason)

    var stream: StreamName {
        switch self {
        case .published(let id, _, _, _), .revised(let id, _, _, _, _), .deleted(let id), .restored(let id),
            .deletionCompleted(let id, _), .revisionDeleted(let id, _), .revisionRestored(let id, _),
            .revisionDeletionCompleted(let id, _, _), .removed(let id, _), .reinstated(let id), .erased(let id, _, _):
            StreamName(id)
        }
    }
}

package enum PostEventName: String, ForumStreamEventName {
    case published = "forum.post-published"
    case revised = "forum.post-revised"
    case deleted = "forum.post-deleted"
    case restored = "forum.post-restored"
    case deletionCompleted = "forum.post-deletion-completed"
    case revisionDeleted = "forum.revision-deleted"
    case revisionRestored = "forum.revision-restored"
    case revisionDeletionCompleted = "forum.revision-deletion-completed"
    case removed = "forum.post-removed"
    case reinstated = "forum.post-reinstated"
    case erased = "forum.post-erased"

    package var schema: Int {
        switch self {
        // v1 sealed every revision under the post; v2 seals each under a subject of its own kind.
        case .published, .revised: 2
        case .deleted, .restored, .deletionCompleted, .revisionDeleted, .revisionRestored, .revisionDeletionCompleted,
            .removed, .reinstated, .erased:
            1
        }
    }
}

extension PostEvent: NamedEvent {
    package func encoded() -> NewEvent {
        switch self {
        case .published(let id, let thread, let author, let body):
            event(
                .published, sealing: body.sealed(under: Subject(.post, id), by: author),
                PostPublication(author: author, references: PostReferences(of: body), thread: thread))
        case .revised(_, let author, let revision, let subject, let body):
            event(
                .revised, sealing: body.sealed(under: subject, by: author),
                PostRevision(author: author, references: PostReferences(of: body), revision: revision))
        case .deleted: event(.deleted)
        case .restored: event(.restored)
        case .deletionCompleted(_, let fence): event(.deletionCompleted, .fence, fence)
        case .revisionDeleted(_, let number): event(.revisionDeleted, .revision, number)
        case .revisionRestored(_, let number): event(.revisionRestored, .revision, number)
        case .revisionDeletionCompleted(_, let number, let fence):
            event(.revisionDeletionCompleted) {
                $0.write(.fence, fence)
                $0.write(.revision, number)
            }
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
        case .restored: self = .restored(try event.onlyID())
        case .deletionCompleted: self = .deletionCompleted(try event.id(), fence: try event.clear(.fence))
        case .revisionDeleted: self = .revisionDeleted(try event.id(), try event.clear(.revision))
        case .revisionRestored: self = .revisionRestored(try event.id(), try event.clear(.revision))
        case .revisionDeletionCompleted:
            let (fence, number) = try event.clear(.fence, .revision)
            self = .revisionDeletionCompleted(try event.id(), number, fence: fence)
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

extension ClearField<FenceID> {
    fileprivate static var fence: Self { "fence" }
}

extension ClearField<Int> {
    fileprivate static var revision: Self { "revision" }
}
