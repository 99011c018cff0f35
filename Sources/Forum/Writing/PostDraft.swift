package import Events

/// Problems with the text of a post.
package enum PostProblem: Error, Hashable, Sendable {
    /// No text, or only quotes.
    case empty
    /// More than `PostBody.mostCharacters`.
    case tooLong
    case containsNUL
    /// Mentions more members than `PostDraft.mostMentions`.
    case tooManyMentions
    /// Has more mentions in all than `PostDraft.mostMentionsInAll`, even of few members.
    case tooManyMentionsInAll
    /// Has more quotes than `PostDraft.mostQuotes`.
    case tooManyQuotes
    case noSuchQuotedPost(PostID)
    /// The revision or the range does not exist in that post.
    case noSuchPlace(PostID)
    /// Exceeds a limit for Markdown.
    case tooMuch(MarkdownExcess)
}

/// A revision that can be quoted.
package struct QuotableRevision: Hashable, Sendable {
    package let number: Int
    /// Length of its stored body, in bytes of UTF-8.
    package let length: Int

    package init(number: Int, length: Int) {
        self.number = number
        self.length = length
    }
}

/// Turns what a person typed into a body: `@username` and `[citat …]` become references.
package struct PostDraft {
    package static let mostMentions = 20
    /// Counts repeated mentions of the same members.
    package static let mostMentionsInAll = 200
    package static let mostQuotes = 20

    private var stored: [String] = []
    private var mentions: [MemberID] = []
    private var quotes: [Quote] = []
    private var problems: [PostProblem] = []
    private var mentionsInAll = 0
    private var quoteMarkers = 0
    private var hasOwnText = false
    private let search: MentionSearch
    private let source: (PostID, Int?) -> QuotableRevision?

    /// - Parameters:
    ///   - previous: the body being revised; its references may stay even when they could no longer be made.
    ///   - resolve: the member who has a username.
    ///   - source: the revision of a post by number, or the latest for nil; nil when there is none to quote.
    package static func parse(
        _ typed: String, revising previous: PostBody? = nil, resolve: (String) -> MemberID?,
        source: (PostID, Int?) -> QuotableRevision?
    ) throws(Problems<PostProblem>) -> PostBody {
        // Too long for normalisation to bring it within the limit: not worth the work.
        guard typed.utf8.count <= PostBody.mostBytes * 4 else { throw Problems([.tooLong]) }
        guard let text = TypedText.lines(typed) else { throw Problems([.containsNUL]) }
        guard text.unicodeScalars.count <= PostBody.mostCharacters else { throw Problems([.tooLong]) }
        let draft = withoutActuallyEscaping(resolve) { resolve in
            withoutActuallyEscaping(source) { source in
                var draft = PostDraft(
                    search: MentionSearch(names: NameLookups(resolve), previous: previous), source: source)
                for block in TypedBlock.cut(text) { draft.add(block) }
                return draft.finished
            }
        }
        return try draft.get()
    }

    private init(search: MentionSearch, source: @escaping (PostID, Int?) -> QuotableRevision?) {
        self.search = search
        self.source = source
    }

    private mutating func add(_ block: TypedBlock) {
        switch block {
        case .text(let text): add(text: String(text))
        case .quote(let marker): add(quote: marker)
        }
    }

    private mutating func add(text: String) {
        if let excess = Markdown.excess(in: text) {
            hasOwnText = true
            problems.append(.tooMuch(excess))
            return
        }
        hasOwnText = hasOwnText || Markdown.isVisible(text)
        let found = search.mentions(in: text)
        mentionsInAll += found.count
        stored.append(text.replacing(found.map(\.range)) { Placeholder.mention(index(of: found[$0].member)).text })
    }

    private mutating func index(of member: MemberID) -> Int {
        if let index = mentions.firstIndex(of: member) { return index }
        mentions.append(member)
        return mentions.count - 1
    }

    /// Looks up no more quoted posts than a post may have quotes.
    private mutating func add(quote marker: QuoteMarker) {
        quoteMarkers += 1
        guard quoteMarkers <= PostDraft.mostQuotes else { return }
        stored.append(Placeholder.quote(quotes.count).text)
        if let quote = place(of: marker) { quotes.append(quote) }
    }

    private mutating func place(of marker: QuoteMarker) -> Quote? {
        if let place = marker.place {
            let quote = Quote(post: marker.post, revision: place.revision, from: place.from, to: place.to)
            if search.previous?.quotes.contains(quote) == true { return quote }
        }
        guard let revision = source(marker.post, marker.place?.revision) else {
            let isThere = marker.place != nil && source(marker.post, nil) != nil
            problems.append(isThere ? .noSuchPlace(marker.post) : .noSuchQuotedPost(marker.post))
            return nil
        }
        let (from, to) = marker.place.map { ($0.from, $0.to) } ?? (0, revision.length)
        guard from < to, to <= revision.length else {
            problems.append(.noSuchPlace(marker.post))
            return nil
        }
        return Quote(post: marker.post, revision: revision.number, from: from, to: to)
    }

    private var finished: Result<PostBody, Problems<PostProblem>> {
        var problems = problems
        if !hasOwnText { problems.insert(.empty, at: 0) }
        if mentions.count > PostDraft.mostMentions || search.names.isExhausted { problems.append(.tooManyMentions) }
        if mentionsInAll > PostDraft.mostMentionsInAll { problems.append(.tooManyMentionsInAll) }
        if quoteMarkers > PostDraft.mostQuotes { problems.append(.tooManyQuotes) }
        guard problems.isEmpty else { return .failure(Problems(problems)) }
        let body = PostBody(stored: stored.joined(separator: "\n"), mentions: mentions, quotes: quotes)
        // Checked again: a placeholder may be longer than the name it replaces.
        if let excess = body.excess { return .failure(Problems([.tooMuch(excess)])) }
        return .success(body)
    }
}
