/// The name of a stream: `post:0z9…` for one thing, or a fixed word for the one of its kind (`privacy-policy`).
package struct StreamName: Hashable, Sendable, CustomStringConvertible {
    package let description: String

    package init<Kind>(_ id: Identifier<Kind>) { description = "\(Kind.name):\(id)" }

    package init(_ fixed: StaticString) { description = "\(fixed)" }

    init(recorded text: String) { description = text }

    /// The id in the name, when the stream belongs to a thing of that kind.
    package func id<Kind>(_ kind: Kind.Type = Kind.self) -> Identifier<Kind>? {
        Identifier(named: description)
    }
}
