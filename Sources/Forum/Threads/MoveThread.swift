package import Events

/// A moderator moves a thread to another category, never from members only to everybody: its authors were promised how widely their posts
/// would be visible.
struct MoveThread {
    let standing: Standing

    func decide(
        given thread: ForumThread, from present: Category, to target: Category
    ) throws(ForumRefusal) -> [ForumEvent] {
        try standing.requireModeration(of: thread)
        let facts = try thread.required()
        let from = try present.required()
        let to = try target.required()
        guard from.id != to.id else { return [] }
        guard !to.audience.isWider(than: from.audience) else { throw .wouldBecomePublic }
        return [.thread(.moved(facts.id, from: from.id, to: to.id))]
    }
}

extension Forum {
    package func moveThread(
        _ thread: ThreadID, to category: CategoryID, by standing: Standing, command: CommandID
    ) async throws -> Appended {
        try await execute(command, by: standing) { reading in
            let present: ForumThread = try reading.state(of: StreamName(thread))
            return try MoveThread(standing: standing).decide(
                given: present, from: reading.state(of: StreamName(present.required().category)),
                to: reading.state(of: StreamName(category)))
        }
    }
}
