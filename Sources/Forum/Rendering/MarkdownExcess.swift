/// What there is too much of in a text for it to be read as Markdown.
package enum MarkdownExcess: Hashable, Sendable, CaseIterable {
    /// Quotes and lists within each other.
    case nesting
    /// Rows that could begin a table, in one paragraph.
    case tables
    /// Web and e-mail addresses without space between them.
    case addresses
    /// Opening brackets in one paragraph.
    case brackets
    /// Runs of `*`, `_` and `~` in one paragraph.
    case emphasis
    /// Uses of reference links (`[name]: address`), by the length of what they repeat.
    case references
    /// `<?` and `<!` in one paragraph.
    case declarations
}
