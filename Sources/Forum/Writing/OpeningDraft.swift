/// The form that opens a thread: title and first post.
package struct OpeningDraft: Sendable {
    package let title: ThreadTitle
    package let body: PostBody

    package enum Problem: Hashable, Sendable {
        case title(ThreadTitle.Problem)
        case body(PostProblem)
    }

    /// - Parameter body: the result of `PostDraft.parse` or `Forum.parse`.
    package static func parse(
        title typed: String, body: Result<PostBody, Problems<PostProblem>>
    ) throws(Problems<Problem>) -> OpeningDraft {
        let title = Result { () throws(ThreadTitle.Problem) in try ThreadTitle(typed) }
        switch (title, body) {
        case (.success(let title), .success(let body)): return OpeningDraft(title: title, body: body)
        case (.failure(let title), .success): throw Problems([.title(title)])
        case (.success, .failure(let body)): throw Problems(body.all.map { .body($0) })
        case (.failure(let title), .failure(let body)):
            throw Problems([.title(title)] + body.all.map { .body($0) })
        }
    }
}
