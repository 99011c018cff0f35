package import Events

/// The author deletes her post: its text is no longer shown. The thread remains when its first post is deleted.
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

extension Forum {
    package func delete(_ post: PostID, by standing: Standing, command: CommandID) async throws -> Appended {
        try await execute(command, by: standing) { reading in
            let present: Post = try reading.state(of: StreamName(post))
            return try DeletePost(standing: standing).decide(
                given: present, in: reading.state(of: StreamName(present.required().thread)))
        }
    }
}
