package import Events

/// The author deletes her post: its text is hidden at once and erased later (P-06.3). The thread remains when its first post is deleted.
struct DeletePost {
    let standing: Standing

    func decide(given post: Post, in thread: ForumThread) throws(ForumRefusal) -> [ForumEvent] {
        let facts = try post.required()
        guard facts.author == standing.member else { throw .notTheAuthor }
        try thread.requireWritable(by: standing)
        switch post {
        case .none: throw .noSuchPost
        case .visible: return [.post(.deleted(facts.id))]
        case .deleted: return []
        case .removed: throw .postRemoved
        case .erased: throw .postErased
        }
    }
}

/// The author undoes a deletion while its period lasts. A post that a moderator has removed since then stays removed.
struct RestorePost {
    let standing: Standing
    /// Evaluated with the time of the deletion.
    let isRestorable: (Instant) -> Bool

    func decide(given post: Post) throws(ForumRefusal) -> [ForumEvent] {
        let facts = try post.required()
        guard facts.author == standing.member else { throw .notTheAuthor }
        switch post {
        case .none: throw .noSuchPost
        case .visible: return []
        case .deleted:
            guard let deleted = facts.deletedAt, isRestorable(deleted) else { throw .tooLateToRestore }
            return [.post(.restored(facts.id))]
        case .removed: throw .postRemoved
        case .erased: throw .postErased
        }
    }
}

/// Ends the period of a deletion: the post is erased with all its revisions.
struct CompleteDeletion {
    let deleted: Instant
    let fence: FenceID

    func decide(given post: Post) -> [ForumEvent] {
        guard let facts = post.facts, facts.deletedAt == deleted else { return [] }
        return [.post(.deletionCompleted(facts.id, fence: fence))]
    }
}

extension Forum {
    package func delete(_ post: PostID, by standing: Standing, command: CommandID) async throws -> Appended {
        try await execute(command, by: standing) { reading in
            let present: Post = try reading.state(of: StreamName(post))
            return try DeletePost(standing: standing).decide(
                given: present, in: reading.state(of: StreamName(present.required().thread)))
        }
    }

    /// - Parameter isRestorable: whether a deletion of that time can be undone at the second time; only the caller knows the period.
    package func restore(
        _ post: PostID, by standing: Standing, command: CommandID,
        when isRestorable: @escaping (_ deleted: Instant, _ now: Instant) -> Bool
    ) async throws -> Appended {
        try await execute(command, by: .member(standing.member)) { reading, time in
            let present: Post = try reading.state(of: StreamName(post))
            return try RestorePost(standing: standing) { isRestorable($0, time) }.decide(given: present)
        }
    }

    /// Erases a post that its author has deleted. Idempotent.
    /// - Parameter isDue: evaluated with the time of the deletion and the present time, on the state at the append.
    /// - Returns: false when it is not deleted, or not due.
    package func completeDeletion(
        of post: PostID, when isDue: (_ deleted: Instant, _ now: Instant) throws -> Bool
    ) async throws -> Bool {
        guard let deleted = try log.state(of: StreamName(post), as: Post.self).state.facts?.deletedAt else {
            return false
        }
        let command = CommandID(named: "deletion of \(post)", at: deleted)
        let fence = FenceID(createdBy: command)
        let appended = try await execute(command, by: .system) { reading, time in
            let present: Post = try reading.state(of: StreamName(post))
            guard try isDue(deleted, time) else { return [] }
            reading.erase(ErasureRequest(fence: fence, .subjects(present.facts?.subjectsToErase ?? [])))
            return CompleteDeletion(deleted: deleted, fence: fence).decide(given: present)
        }
        return appended.positions != nil && !appended.isRepetition
    }
}
