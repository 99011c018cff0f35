package import Events

/// The author revises her post; earlier revisions stay in its history until she deletes them.
struct RevisePost {
    let body: PostBody
    let subject: Subject
    /// The number of the revision that the author started editing from.
    let base: Int
    let standing: Standing

    func decide(given post: Post, in thread: ForumThread) throws(ForumRefusal) -> [ForumEvent] {
        guard try post.required().author == standing.member else { throw .notTheAuthor }
        let facts = try post.requireVisible()
        try thread.requireWritable(by: standing)
        if case .erased = facts.body { throw .postErased }
        guard facts.body != .known(body) else { return [] }
        guard facts.revision == base else { throw .revisedMeanwhile(latest: facts.revision) }
        return [.post(.revised(facts.id, author: facts.author, revision: base + 1, under: subject, body: .known(body)))]
    }
}

extension Forum {
    package func revise(
        _ post: PostID, from base: Int, to body: PostBody, by standing: Standing, command: CommandID
    ) async throws -> Appended {
        try await execute(command, by: standing) { reading in
            let present: Post = try reading.state(of: StreamName(post))
            return try RevisePost(
                body: body, subject: Subject(.revision, createdBy: command), base: base, standing: standing
            ).decide(
                given: present, in: reading.state(of: StreamName(present.required().thread)))
        }
    }
}
