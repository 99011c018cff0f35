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
            return [.post(.erased(facts.id, fence: fence, reason))]
        case .erased: return []
        }
    }
}

extension Forum {
    package func erase(
        _ post: PostID, because reason: TextErasureReason, by standing: Standing, command: CommandID,
        because causation: Int? = nil
    ) async throws -> Appended {
        let fence = FenceID(createdBy: command)
        return try await execute(command, by: standing, because: causation) { reading in
            let present: Post = try reading.state(of: StreamName(post))
            reading.erase(ErasureRequest(fence: fence, .subjects(present.facts?.subjectsToErase ?? [])))
            return try ErasePost(reason: reason, fence: fence, standing: standing).decide(given: present)
        }
    }
}
