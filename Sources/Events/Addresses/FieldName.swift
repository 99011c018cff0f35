/// The name of a form's or query's field, as the page's author wrote it.
package struct FieldName: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral {
    package let rawValue: String

    package init(rawValue: String) { self.rawValue = rawValue }

    package init(stringLiteral value: String) { rawValue = value }

    /// Proves that the form came from one of our pages, shown to this visitor.
    package static let formToken: FieldName = "csrf"
    /// The command id, so that a form sent twice executes its command once.
    package static let command: FieldName = "command"
    /// The path to go to after the form was handled.
    package static let returnPath: FieldName = "till"
}
