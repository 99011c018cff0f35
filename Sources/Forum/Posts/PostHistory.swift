package import Events

/// A post with all its revisions, decrypted from the log for one reader. The caller checks whether the reader may see it.
package struct PostHistory: Sendable {
    package let post: Post
    package let revisions: [Revision]
    /// One entry for each removal.
    package let removals: [(by: Actor, at: Instant)]

    package struct Revision: Hashable, Sendable {
        /// Counted from 1.
        package let number: Int
        package let time: Instant
        package let body: Personal<PostBody>
    }
}

extension Forum {
    /// Nil when there is no such post.
    package func post(_ id: PostID) throws -> PostHistory? {
        var post = Post.initial
        var times: [Instant] = []
        var removals: [(by: Actor, at: Instant)] = []
        for event in try log.events(in: StreamName(id)) {
            guard let known = try PostEvent.decode(event) else { continue }
            post.evolve(known, at: event.time)
            if case .removed = known { removals.append((event.actor, event.time)) }
            if let count = post.facts?.revisions.count, count > times.count { times.append(event.time) }
        }
        guard let facts = post.facts else { return nil }
        let revisions = zip(times, facts.revisions).enumerated().map { index, revision in
            PostHistory.Revision(number: index + 1, time: revision.0, body: revision.1)
        }
        return PostHistory(post: post, revisions: revisions, removals: removals)
    }
}
