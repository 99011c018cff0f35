import Events
import Forum

/// A post body as the views store it; of an erased body nothing is stored.
struct RenderedPost: Sendable {
    struct Quotation: Sendable {
        let source: PostID
        let revision: Int
        /// Nil when the source has no such revision.
        let subject: Subject?
        let html: String?
        let mentions: String
    }

    let html: String
    let mentions: String
    let quotes: [Quotation]

    init(_ body: PostBody, from log: EventLog) throws {
        html = PostHTML.render(body).stored
        mentions = MentionedMembers.text(body.mentions)
        quotes = try body.quotes.map { quote in
            let source = try RenderedPost.source(of: quote, in: log)
            return Quotation(
                source: quote.post, revision: quote.revision, subject: source?.subject,
                html: source?.body.map { QuoteText.render($0, from: quote.from, to: quote.to).stored },
                mentions: MentionedMembers.text(source?.body?.mentions ?? []))
        }
    }

    /// The quoted body as it stands in the log, with its subject; without body once it is erased.
    private static func source(of quote: Quote, in log: EventLog) throws -> (subject: Subject, body: PostBody?)? {
        let post: Post = try log.state(of: StreamName(quote.post)).state
        guard let facts = post.facts, facts.revisions.indices.contains(quote.revision - 1) else { return nil }
        return (facts.subjects[quote.revision - 1], facts.revisions[quote.revision - 1].value)
    }
}
