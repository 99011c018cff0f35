package import Events

extension Forum {
    /// Runs `PostDraft.parse` with the quoted posts looked up in the log.
    ///
    /// Whether a reader may see a quoted post is checked when the quote is shown, for each reader.
    /// - Throws: `Problems<PostProblem>`, and any error from reading the log.
    package func parse(
        _ typed: String, revising previous: PostBody? = nil, resolve: (String) -> MemberID?
    ) throws -> PostBody {
        var failure: (any Error)?
        let body = Result { () throws(Problems<PostProblem>) in
            try PostDraft.parse(typed, revising: previous, resolve: resolve) { post, revision in
                do {
                    return try quotable(post, revision: revision)
                } catch {
                    failure = error
                    return nil
                }
            }
        }
        if let failure { throw failure }
        return try body.get()
    }

    /// The latest revision of a visible post; nil for any other, which only the author and staff may read.
    package func quotable(_ id: PostID, revision: Int? = nil) throws -> QuotableRevision? {
        guard case .visible(let facts) = try log.state(of: StreamName(id), as: Post.self).state else { return nil }
        guard revision ?? facts.revision == facts.revision, let body = facts.body.value else { return nil }
        return QuotableRevision(number: facts.revision, length: body.length)
    }
}
