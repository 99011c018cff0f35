package import Events

/// A moderator erases a post with all its revisions. Unlike a removal it cannot be undone.
struct ErasePost {
    let reason: TextErasureReason
    let fence: FenceID
    let standing: Standing

    func decide(given post: Post) throws(ForumRefusal) -> [ForumEvent] {
        try standing.requireModeration(of: post)
        switch post {
        case .none: throw .noSuchPost
        case .visible(let facts), .deleted(let facts), .removed(let facts, _):
            return [.postErased(facts.id, fence: fence, reason)]
        case .erased: return []
        }
    }
}

extension Forum {
    package func erase(
        _ post: PostID, because reason: TextErasureReason, by standing: Standing, command: CommandID,
        because causation: Int? = nil
    ) async throws -> Appended {
        try await erase(Subject(.post, post), by: standing, command: command, because: causation) { reading, fence in
            try ErasePost(reason: reason, fence: fence, standing: standing).decide(
                given: reading.state(of: StreamName(post)))
        }
    }

    /// Erases one text, in the same transaction as the events that record it.
    func erase(
        _ text: Subject, by standing: Standing, command: CommandID, because causation: Int?,
        _ decide: (inout StreamReading, FenceID) throws -> [ForumEvent]
    ) async throws -> Appended {
        let erasure = ErasureRequest(fence: FenceID(createdBy: command), .subjects([text]))
        return try await execute(command, by: standing, because: causation, erasing: erasure) {
            try decide(&$0, erasure.fence)
        }
    }
}
