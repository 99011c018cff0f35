package import Events

/// The body of a post: Markdown in which mentions and quotes are references, so that it never copies personal data.
package struct PostBody: Hashable, Sendable {
    /// Maximum number of characters (Unicode scalars) that a person may type.
    package static let mostCharacters = 20_000
    static let mostBytes = mostCharacters * 4

    /// Markdown with placeholders that cannot be typed (`Placeholder`). Quotes refer to byte ranges in it.
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
    /// Omits the text: it must not reach a log line by interpolation.
    package var description: String { "post body" }
}

/// A quoted part of another post, stored as a reference; the words are not copied.
package struct Quote: Hashable, Sendable {
    package let post: PostID
    /// Numbered from 1.
    package let revision: Int
    /// Half-open range `from..<to` in bytes of UTF-8 of that revision's stored body.
    package let from: Int
    package let to: Int

    package init(post: PostID, revision: Int, from: Int, to: Int) {
        self.post = post
        self.revision = revision
        self.from = from
        self.to = to
    }
}
