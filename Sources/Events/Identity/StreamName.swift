/// The name of a stream: `post:0z9…` for one thing, or a fixed word for the one of its kind (`privacy-policy`).
package struct StreamName: Hashable, Sendable, CustomStringConvertible {
    private enum Name: Hashable {
        case thing(NamedThing)
        case fixed(String)
    }

    private let name: Name

    package init<Kind>(_ id: Identifier<Kind>) { name = .thing(NamedThing(id)) }

    package init(_ fixed: StaticString) { name = .fixed("\(fixed)") }

    init(recorded utf8: UnsafeRawBufferPointer) {
        name = NamedThing(utf8).map(Name.thing) ?? .fixed(String(decoding: utf8, as: UTF8.self))
    }

    package var description: String {
        switch name {
        case .thing(let thing): thing.description
        case .fixed(let word): word
        }
    }

    /// The id in the name, when the stream belongs to a thing of that kind.
    package func id<Kind>(_ kind: Kind.Type = Kind.self) -> Identifier<Kind>? {
        switch name {
        case .thing(let thing): thing.id(kind)
        case .fixed: nil
        }
    }
}
