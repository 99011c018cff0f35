package import Events

/// What a post says: Markdown in which mentions and quotes are references, so that it never copies personal data.
package struct PostBody: Hashable, Sendable {
    /// The most characters (Unicode scalars) that a person may type.
    package static let mostCharacters = 20_000
    static let mostBytes = mostCharacters * 4

    /// Markdown with placeholders that nobody can type (`Placeholder`). Quotes point into these bytes.
    package let stored: String
    /// Each member once; a placeholder holds the index.
    package let mentions: [MemberID]
    package let quotes: [Quote]

    init(stored: String, mentions: [MemberID] = [], quotes: [Quote] = []) {
        self.stored = stored
        self.mentions = mentions
        self.quotes = quotes
    }

    /// In bytes of UTF-8.
    package var length: Int { stored.utf8.count }
}

extension PostBody: CustomStringConvertible {
    /// Never the text: it must not reach a log line by interpolation.
    package var description: String { "post body" }
}

/// A piece of another post, by place: the words stay where they were written.
package struct Quote: Hashable, Sendable {
    package let post: PostID
    /// Numbered from 1.
    package let revision: Int
    /// Bytes of UTF-8 in the stored body of that revision, from the first to before `to`.
    package let from: Int
    package let to: Int

    package init(post: PostID, revision: Int, from: Int, to: Int) {
        self.post = post
        self.revision = revision
        self.from = from
        self.to = to
    }
}
