package import Events

/// A moderator closes a thread, or opens it again.
struct CloseThread {
    enum Change { case close, reopen }

    let change: Change
    let standing: Standing

    func decide(given thread: ForumThread) throws(ForumRefusal) -> [ForumEvent] {
        try standing.requireModeration(of: thread)
        switch (thread, change) {
        case (.none, _): throw .noSuchThread
        case (.open(let facts), .close): return [.thread(.closed(facts.id))]
        case (.closed(let facts), .reopen): return [.thread(.reopened(facts.id))]
        case (.open, .reopen), (.closed, .close): return []
        }
    }
}

extension Forum {
    package func closeThread(
        _ thread: ThreadID, by standing: Standing, command: CommandID, because causation: Int? = nil
    ) async throws -> Appended {
        try await execute(command, by: standing, because: causation) { reading in
            try CloseThread(change: .close, standing: standing).decide(given: reading.state(of: StreamName(thread)))
        }
    }

    package func reopenThread(
        _ thread: ThreadID, by standing: Standing, command: CommandID, because causation: Int? = nil
    ) async throws -> Appended {
        try await execute(command, by: standing, because: causation) { reading in
            try CloseThread(change: .reopen, standing: standing).decide(given: reading.state(of: StreamName(thread)))
        }
    }
}
