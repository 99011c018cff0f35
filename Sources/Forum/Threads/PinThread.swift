package import Events

/// A moderator pins a thread above the others of its category, or unpins it.
struct PinThread {
    enum Change { case pin, unpin }

    let change: Change
    let standing: Standing

    func decide(given thread: ForumThread) throws(ForumRefusal) -> [ForumEvent] {
        try standing.requireModeration(of: thread)
        let facts = try thread.required()
        switch (facts.isPinned, change) {
        case (false, .pin): return [.thread(.pinned(facts.id))]
        case (true, .unpin): return [.thread(.unpinned(facts.id))]
        case (true, .pin), (false, .unpin): return []
        }
    }
}

extension Forum {
    package func pinThread(_ thread: ThreadID, by standing: Standing, command: CommandID) async throws -> Appended {
        try await execute(command, by: standing) { reading in
            try PinThread(change: .pin, standing: standing).decide(given: reading.state(of: StreamName(thread)))
        }
    }

    package func unpinThread(_ thread: ThreadID, by standing: Standing, command: CommandID) async throws -> Appended {
        try await execute(command, by: standing) { reading in
            try PinThread(change: .unpin, standing: standing).decide(given: reading.state(of: StreamName(thread)))
        }
    }
}
