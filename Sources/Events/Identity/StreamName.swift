/// The name of a stream: `post:0z9…` for one thing, or a fixed word for a stream that is the only one of its kind (`privacy-policy`).
package struct StreamName: Hashable, Sendable, CustomStringConvertible {
    private enum Name: Hashable {
        case thing(NamedThing)
        case fixed(String)
    }

    private let name: Name

    package init<Kind>(_ id: Identifier<Kind>) { name = .thing(NamedThing(id)) }

    package init(_ fixed: StaticString) { name = .fixed("\(fixed)") }

    /// Restores a name from its `word` and `number`.
    package init(word: String, number: UInt64?) {
        name = number.map { .thing(NamedThing(word: word, id: $0)) } ?? .fixed(word)
    }

    /// Parses a name's description.
    package init(written text: String) {
        name = NamedThing(text).map(Name.thing) ?? .fixed(text)
    }

    init(recorded utf8: UnsafeRawBufferPointer) {
        name = NamedThing(utf8).map(Name.thing) ?? .fixed(String(decoding: utf8, as: UTF8.self))
    }

    package var description: String {
        switch name {
        case .thing(let thing): thing.description
        case .fixed(let word): word
        }
    }

    /// The word before the id, or the whole name where there is none.
    package var word: String {
        switch name {
        case .thing(let thing): thing.word
        case .fixed(let word): word
        }
    }

    /// The id as a number, whatever its kind.
    package var number: UInt64? {
        switch name {
        case .thing(let thing): thing.id
        case .fixed: nil
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
