package import Events

/// The author, or a moderator, changes a thread's title. The title belongs to the thread's author either way.
struct RetitleThread {
    let title: ThreadTitle
    let standing: Standing

    func decide(given thread: ForumThread) throws(ForumRefusal) -> [ForumEvent] {
        let facts = try thread.required()
        guard facts.author == standing.member || standing.role.moderates else { throw .notTheAuthor }
        try thread.requireWritable(by: standing)
        if case .erased = facts.title { throw .titleErased }
        guard facts.title != .known(title) else { return [] }
        return [.thread(.retitled(facts.id, author: facts.author, title: .known(title)))]
    }
}

extension Forum {
    package func retitle(
        _ thread: ThreadID, _ title: ThreadTitle, by standing: Standing, command: CommandID
    ) async throws -> Appended {
        try await execute(command, by: standing) { reading in
            try RetitleThread(title: title, standing: standing).decide(given: reading.state(of: StreamName(thread)))
        }
    }
}
