package import Events

/// The clear part of a body: the members it mentions and the posts it quotes.
struct PostReferences {
    let mentions: [MemberID]
    let quotes: [Quote]

    init(mentions: [MemberID], quotes: [Quote]) {
        self.mentions = mentions
        self.quotes = quotes
    }

    init(of body: Personal<PostBody>) {
        self.init(mentions: body.value?.mentions ?? [], quotes: body.value?.quotes ?? [])
    }

    func body(from event: RecordedEvent) throws -> Personal<PostBody> {
        try event.personal(StoredBody.self).map {
            PostBody(stored: $0.recorded, mentions: mentions, quotes: quotes)
        }
    }
}

/// The sealed part of a body.
private struct StoredBody: SealedText {
    static let field = PersonalField.postBody
    let recorded: String
}

extension Personal<PostBody> {
    func sealed(under subject: Subject, by author: MemberID) -> SealedPart {
        SealedPart(subject, of: Owner(author), map { StoredBody(recorded: $0.stored) })
    }
}

extension Quote: ClearElement, ClearRecord {
    package init<Fields: ClearFields>(_ fields: inout Fields) throws(Fields.Failure) where Fields.Record == Self {
        from = try fields("from", \.from)
        post = try fields("post", \.post)
        revision = try fields("revision", \.revision)
        to = try fields("to", \.to)
    }
}
