import Events
import Forum
import Processes
import Projections

extension Application {
    /// A body that no view holds, such as a draft or an old revision, rendered as readers in `audience` may see it.
    func segments(of body: PostBody, for audience: Audience) throws -> [ThreadPage.Segment] {
        let quotes = try body.quotes.map { try quoted($0, for: audience) }
        return try filled(PostHTML.render(body), mentions: body.mentions, quotes: quotes)
    }

    private func quoted(_ quote: Quote, for audience: Audience) throws -> ThreadPage.Quoted {
        let hidden = ThreadPage.Quoted(source: quote.post, author: nil, text: nil)
        guard let history = try forum.post(quote.post), case .visible(let source) = history.post,
            (1...source.revision).contains(quote.revision), source.deletedRevisions[quote.revision] == nil,
            let body = source.revisions[quote.revision - 1].value,
            try isReadable(source.thread, for: audience)
        else { return hidden }
        let author = try views.members.username(of: source.author)
        return ThreadPage.Quoted(
            source: quote.post, author: PublicMember(id: source.author, username: author),
            text: try filled(
                QuoteText.render(body, from: quote.from, to: quote.to), mentions: body.mentions, quotes: []))
    }

    private func isReadable(_ thread: ThreadID, for audience: Audience) throws -> Bool {
        guard audience == .everybody else { return true }
        return try views.threads.find(thread)?.category.audience == .everybody
    }

    private func filled(
        _ rendered: RenderedBody, mentions: [MemberID], quotes: [ThreadPage.Quoted]
    ) throws -> [ThreadPage.Segment] {
        let names = try views.members.usernames(of: mentions)
        return rendered.segments.compactMap { segment in
            switch segment {
            case .html(let html): .html(html)
            case .mention(let index):
                mentions.indices.contains(index)
                    ? .mention(PublicMember(id: mentions[index], username: names[mentions[index]])) : nil
            case .quote(let index): quotes.indices.contains(index) ? .quote(quotes[index]) : nil
            }
        }
    }
}
