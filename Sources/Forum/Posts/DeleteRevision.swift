package import Events

/// The author deletes an earlier revision of her post: it is hidden at once and erased later (P-06.3).
struct DeleteRevision {
    let number: Int
    let standing: Standing

    func decide(given post: Post) throws(ForumRefusal) -> [ForumEvent] {
        guard try post.required().author == standing.member else { throw .notTheAuthor }
        let facts = try post.requireVisible()
        guard facts.revisions.indices.contains(number - 1) else { throw .noSuchRevision }
        guard number < facts.revision else { throw .latestRevision }
        guard case .known = facts.revisions[number - 1] else { throw .postErased }
        guard facts.isSeparable(number) else { throw .inseparableRevision }
        return facts.deletedRevisions[number] == nil ? [.post(.revisionDeleted(facts.id, number))] : []
    }
}

/// The author undoes the deletion of a revision while its period lasts.
struct RestoreRevision {
    let number: Int
    let standing: Standing
    /// Evaluated with the time of the deletion.
    let isRestorable: (Instant) -> Bool

    func decide(given post: Post) throws(ForumRefusal) -> [ForumEvent] {
        let facts = try post.required()
        guard facts.author == standing.member else { throw .notTheAuthor }
        guard facts.revisions.indices.contains(number - 1) else { throw .noSuchRevision }
        guard case .known = facts.revisions[number - 1] else { throw .postErased }
        guard let deleted = facts.deletedRevisions[number] else { return [] }
        guard isRestorable(deleted) else { throw .tooLateToRestore }
        return [.post(.revisionRestored(facts.id, number))]
    }
}

extension Forum {
    package func delete(
        revision number: Int, of post: PostID, by standing: Standing, command: CommandID
    ) async throws -> Appended {
        try await execute(command, by: standing) { reading in
            try DeleteRevision(number: number, standing: standing).decide(given: reading.state(of: StreamName(post)))
        }
    }

    /// - Parameter isRestorable: as in `restore(_:by:command:when:)`.
    package func restore(
        revision number: Int, of post: PostID, by standing: Standing, command: CommandID,
        when isRestorable: @escaping (_ deleted: Instant, _ now: Instant) -> Bool
    ) async throws -> Appended {
        try await execute(command, by: .member(standing.member)) { reading, time in
            let present: Post = try reading.state(of: StreamName(post))
            return try RestoreRevision(number: number, standing: standing) { isRestorable($0, time) }.decide(
                given: present)
        }
    }

    /// Erases the deleted revisions of a post that are due. Idempotent.
    /// - Parameter isDue: as in `completeDeletion(of:when:)`.
    /// - Returns: whether any was.
    package func completeRevisionDeletions(
        of post: PostID, when isDue: (_ deleted: Instant, _ now: Instant) throws -> Bool
    ) async throws -> Bool {
        let (state, version) = try log.state(of: StreamName(post), as: Post.self)
        guard let facts = state.facts, !facts.deletedRevisions.isEmpty else { return false }
        let command = CommandID(named: "revisions of \(post) as of version \(version)", at: Instant(milliseconds: 0))
        let fence = FenceID(createdBy: command)
        let appended = try await execute(command, by: .system) { reading, time in
            let present: Post = try reading.state(of: StreamName(post))
            let due = try (present.facts?.deletedRevisions ?? [:]).filter { try isDue($0.value, time) }.keys.sorted()
            let subjects = due.compactMap { present.facts?.subjects[$0 - 1] }
            reading.erase(ErasureRequest(fence: fence, .subjects(subjects)))
            return due.map { .post(.revisionDeletionCompleted(post, $0, fence: fence)) }
        }
        return appended.positions != nil && !appended.isRepetition
    }
}
