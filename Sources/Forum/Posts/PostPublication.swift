import Events

/// How `forum.post-published` has been written through the years.
enum PostPublication {
    static func decode(_ event: RecordedEvent) throws -> ForumEvent {
        let isFirstSchema = event.type.schema == 1
        let clear = try event.clear { (clear) throws(MalformedEvent) in
            let author: MemberID = try clear.id("author")
            let references = isFirstSchema ? try PostReferences(firstSchema: &clear) : try PostReferences(&clear)
            let thread: ThreadID = try clear.id("thread")
            return (author: author, references: references, thread: thread)
        }
        return .postPublished(
            try event.id(), in: clear.thread, author: clear.author, body: try clear.references.body(from: event))
    }
}

extension PostReferences {
    /// Schema 1 named the quoted posts without revision and range: the whole of what was first published.
    fileprivate init(firstSchema clear: inout ClearReader) throws(MalformedEvent) {
        mentions = try clear.ids("mentions")
        let quoted: [PostID] = try clear.ids("quotes")
        quotes = quoted.map { Quote(post: $0, revision: 1, from: 0, to: PostBody.mostBytes) }
    }
}
