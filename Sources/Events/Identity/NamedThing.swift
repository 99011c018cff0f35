/// A kind and an id in the log's form, `member:0z9…`: names streams, owners, subjects and actors.
struct NamedThing: Hashable, Sendable {
    let word: String
    let id: UInt64

    init<Kind>(_ id: Identifier<Kind>) {
        word = Kind.name
        self.id = id.rawValue
    }

    init(word: String, id: UInt64) {
        self.word = word
        self.id = id
    }

    /// Parses in place, because a rebuild reads millions.
    init?(_ utf8: UnsafeRawBufferPointer) {
        guard let colon = utf8.firstIndex(of: UInt8(ascii: ":")), colon > 0,
            let id = IdentifierDigits.read(UnsafeRawBufferPointer(rebasing: utf8[(colon + 1)...]))
        else { return nil }
        word = String(decoding: utf8[..<colon], as: UTF8.self)
        self.id = id
    }

    init?(_ text: String) {
        var text = text
        guard let thing = text.withUTF8({ NamedThing(UnsafeRawBufferPointer($0)) }) else { return nil }
        self = thing
    }

    /// The id, when the thing is of that kind.
    func id<Kind>(_ kind: Kind.Type = Kind.self) -> Identifier<Kind>? {
        word == Kind.name ? Identifier(rawValue: id) : nil
    }

    var description: String { "\(word):\(IdentifierDigits.text(id))" }
}
