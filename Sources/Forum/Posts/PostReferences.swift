import Events

/// The part of a body that is in the clear: whom it mentions and what it quotes.
struct PostReferences {
    let mentions: [MemberID]
    let quotes: [Quote]

    init(_ clear: inout ClearReader) throws(MalformedEvent) {
        mentions = try clear.ids("mentions")
        quotes = try clear.list("quotes") { (quote) throws(MalformedEvent) in
            let from = try quote.integer("from")
            let post: PostID = try quote.id("post")
            let revision = try quote.integer("revision")
            return Quote(post: post, revision: revision, from: from, to: try quote.integer("to"))
        }
    }

    func body(from event: RecordedEvent) throws -> Personal<PostBody> {
        try event.personal { (sealed) throws(MalformedEvent) in
            PostBody(stored: try sealed.text(.postBody), mentions: mentions, quotes: quotes)
        }
    }
}

extension Personal<PostBody> {
    func writeReferences(to clear: inout ClearWriter) {
        guard let body = value else { return }
        clear.ids("mentions", body.mentions)
        clear.list("quotes", body.quotes) { object, quote in
            object.integer("from", quote.from)
            object.id("post", quote.post)
            object.integer("revision", quote.revision)
            object.integer("to", quote.to)
        }
    }

    func sealed(for post: PostID, by author: MemberID) -> SealedPart {
        SealedPart(Subject(.post, post), of: Owner(author)) { $0.text(.postBody, value?.stored) }
    }
}
