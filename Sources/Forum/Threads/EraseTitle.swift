package import Events

/// A moderator erases a thread's title with all earlier ones. The thread never gets a title again.
struct EraseTitle {
    let reason: TextErasureReason
    let fence: FenceID
    let standing: Standing

    func decide(given thread: ForumThread) throws(ForumRefusal) -> [ForumEvent] {
        try standing.requireModeration(of: thread)
        let facts = try thread.required()
        guard case .known = facts.title else { return [] }
        return [.thread(.titleErased(facts.id, fence: fence, reason))]
    }
}

extension Forum {
    package func eraseTitle(
        of thread: ThreadID, because reason: TextErasureReason, by standing: Standing, command: CommandID,
        because causation: Int? = nil
    ) async throws -> Appended {
        let fence = FenceID(createdBy: command)
        return try await execute(command, by: standing, because: causation) { reading in
            reading.erase(ErasureRequest(fence: fence, .subjects([Subject(.thread, thread)])))
            return try EraseTitle(reason: reason, fence: fence, standing: standing).decide(
                given: reading.state(of: StreamName(thread)))
        }
    }
}
