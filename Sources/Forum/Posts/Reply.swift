package import Events

/// A member answers in a thread.
struct Reply {
    let post: PostID
    let body: PostBody
    let standing: Standing

    func decide(given thread: ForumThread, in category: Category) throws(ForumRefusal) -> [ForumEvent] {
        try thread.requireWritable(by: standing)
        try category.requireWritable(by: standing)
        return [.post(.published(post, in: try thread.required().id, author: standing.member, body: .known(body)))]
    }
}

extension Forum {
    package func reply(
        to thread: ThreadID, _ body: PostBody, by standing: Standing, command: CommandID
    ) async throws -> (post: PostID, appended: Appended) {
        let post = PostID(createdBy: command)
        let appended = try await execute(command, by: standing) { reading in
            let present: ForumThread = try reading.state(of: StreamName(thread))
            return try Reply(post: post, body: body, standing: standing).decide(
                given: present, in: reading.state(of: StreamName(present.required().category)))
        }
        return (post, appended)
    }
}
