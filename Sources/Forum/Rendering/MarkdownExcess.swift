/// The limit that keeps a text from being read as Markdown.
package enum MarkdownExcess: Hashable, Sendable, CaseIterable {
    /// Nested quotes and lists.
    case nesting
    /// Rows that could begin a table, in one paragraph.
    case tables
    /// Web and e-mail addresses without space between them.
    case addresses
    /// Opening brackets in one paragraph.
    case brackets
    /// Runs of `*`, `_` and `~` in one paragraph.
    case emphasis
    /// Uses of reference links (`[name]: address`), weighted by the length of the text they repeat.
    case references
    /// `<?` and `<!` in one paragraph.
    case declarations
}
