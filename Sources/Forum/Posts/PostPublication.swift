import Events

/// The clear part of `forum.post-published`.
struct PostPublication {
    let author: MemberID
    let references: PostReferences
    let thread: ThreadID

    static func decode(_ event: RecordedEvent) throws -> PostEvent {
        let clear = event.type.schema == 1 ? try event.clear(FirstSchema.self).upcast : try event.clear()
        return .published(
            try event.id(), in: clear.thread, author: clear.author, body: try clear.references.body(from: event))
    }

    /// Schema 1 named the quoted posts without revision and range; such a quote covers the whole of revision 1.
    fileprivate struct FirstSchema {
        let author: MemberID
        let mentions: [MemberID]
        let quotes: [PostID]
        let thread: ThreadID

        var upcast: PostPublication {
            let quotes = quotes.map { Quote(post: $0, revision: 1, from: 0, to: PostBody.mostBytes) }
            return PostPublication(
                author: author, references: PostReferences(mentions: mentions, quotes: quotes), thread: thread)
        }
    }
}

extension PostPublication: ClearRecord {
    init<Fields: ClearFields>(_ fields: inout Fields) throws(Fields.Failure) where Fields.Record == Self {
        author = try fields("author", \.author)
        references = PostReferences(
            mentions: try fields("mentions", \.references.mentions), quotes: try fields("quotes", \.references.quotes))
        thread = try fields("thread", \.thread)
    }
}

extension PostPublication.FirstSchema: ClearRecord {
    init<Fields: ClearFields>(_ fields: inout Fields) throws(Fields.Failure) where Fields.Record == Self {
        author = try fields("author", \.author)
        mentions = try fields("mentions", \.mentions)
        quotes = try fields("quotes", \.quotes)
        thread = try fields("thread", \.thread)
    }
}

/// The clear part of `forum.post-revised`.
struct PostRevision {
    let author: MemberID
    let references: PostReferences
    let revision: Int

    static func decode(_ event: RecordedEvent) throws -> PostEvent {
        let clear: PostRevision = try event.clear()
        guard let subject = event.subject else { throw UnreadableEvent(event) }
        return .revised(
            try event.id(), author: clear.author, revision: clear.revision, under: subject,
            body: try clear.references.body(from: event))
    }
}

extension PostRevision: ClearRecord {
    init<Fields: ClearFields>(_ fields: inout Fields) throws(Fields.Failure) where Fields.Record == Self {
        author = try fields("author", \.author)
        references = PostReferences(
            mentions: try fields("mentions", \.references.mentions), quotes: try fields("quotes", \.references.quotes))
        revision = try fields("revision", \.revision)
    }
}
