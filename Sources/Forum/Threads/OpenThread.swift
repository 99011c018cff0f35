package import Events

/// A member opens a thread with its first post.
struct OpenThread {
    let thread: ThreadID
    let post: PostID
    let category: CategoryID
    let title: ThreadTitle
    let body: PostBody
    let standing: Standing

    func decide(given present: Category) throws(ForumRefusal) -> [ForumEvent] {
        try present.requireWritable(by: standing)
        let author = standing.member
        return [
            .thread(.opened(thread, in: category, author: author, first: post, title: .known(title))),
            .post(.published(post, in: thread, author: author, body: .known(body))),
        ]
    }
}

/// The result of opening a thread.
package struct OpenedThread: Sendable {
    package let thread: ThreadID
    package let post: PostID
    package let appended: Appended
}

extension Forum {
    package func openThread(
        in category: CategoryID, title: ThreadTitle, body: PostBody, by standing: Standing, command: CommandID
    ) async throws -> OpenedThread {
        let thread = ThreadID(createdBy: command)
        let post = PostID(createdBy: command)
        let appended = try await execute(command, by: standing) { reading in
            try OpenThread(
                thread: thread, post: post, category: category, title: title, body: body, standing: standing
            ).decide(given: reading.state(of: StreamName(category)))
        }
        return OpenedThread(thread: thread, post: post, appended: appended)
    }
}
