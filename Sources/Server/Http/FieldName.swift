/// The name of a form's or query's field, as the page's author wrote it.
struct FieldName: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral {
    let rawValue: String

    init(rawValue: String) { self.rawValue = rawValue }

    init(stringLiteral value: String) { rawValue = value }

    /// Proves that the form came from one of our pages, shown to this visitor.
    static let formToken: FieldName = "csrf"
    /// Names the intention, so that sending the form twice does the thing once.
    static let command: FieldName = "command"
}
