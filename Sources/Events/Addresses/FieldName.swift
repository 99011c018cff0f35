/// The name of a form's or query's field, as the page's author wrote it.
package struct FieldName: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral {
    package let rawValue: String

    package init(rawValue: String) { self.rawValue = rawValue }

    package init(stringLiteral value: String) { rawValue = value }

    /// Proves that the form came from one of our pages, shown to this visitor.
    package static let formToken: FieldName = "csrf"
    /// Names the intention, so that sending the form twice does the thing once.
    package static let command: FieldName = "command"
    /// Where a form leads on to.
    package static let returnPath: FieldName = "till"
}
