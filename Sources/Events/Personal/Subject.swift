/// The smallest thing that is ever erased alone: it has one key, and everything sealed about it is sealed under that key.
package struct Subject: Hashable, Sendable, LosslessStringConvertible {
    package let kind: SubjectKind
    let id: UInt64

    /// What `id` names is the subject itself: a post, a category.
    package init<Kind>(_ kind: SubjectKind, _ id: Identifier<Kind>) {
        self.kind = kind
        self.id = id.rawValue
    }

    /// A new subject created by `command`, for a thing that has no id of its own: a credential, an address.
    package init(_ kind: SubjectKind, createdBy command: CommandID) {
        self.kind = kind
        id = command.hash(for: kind.rawValue)
    }

    /// Another one of the same kind, created by the same command.
    package init(_ kind: SubjectKind, createdBy command: CommandID, as part: String) {
        self.kind = kind
        id = command.hash(for: "\(kind.rawValue) \(part)")
    }

    package init?(_ text: String) { self.init(NamedThing(text)) }

    init?(_ utf8: UnsafeRawBufferPointer) { self.init(NamedThing(utf8)) }

    private init?(_ thing: NamedThing?) {
        guard let thing, let kind = SubjectKind(rawValue: thing.word) else { return nil }
        self.kind = kind
        id = thing.id
    }

    /// The id of the thing that is the subject itself.
    package func id<Kind>(_ kind: Kind.Type) -> Identifier<Kind> { Identifier(rawValue: id) }

    package var description: String { "\(kind.rawValue):\(IdentifierDigits.text(id))" }
}

/// What sort of thing a subject is. An erasure may name an owner and kinds.
package enum SubjectKind: String, ClosedCode, CaseIterable {
    case identity, email, address, municipality, register, credential, handling
    case signIn = "sign-in"
    case category, thread, post, picture, message, statement
    /// An issue of the newsletter.
    case issue
    /// A name that staff had, apart from the member who had it.
    case staffName = "staff-name"
}

/// Whose a subject is: erasing the owner erases it.
package struct Owner: Hashable, Sendable, LosslessStringConvertible {
    private let thing: NamedThing

    package init<Kind>(_ id: Identifier<Kind>) { thing = NamedThing(id) }

    package init?(_ text: String) { self.init(NamedThing(text)) }

    init?(_ utf8: UnsafeRawBufferPointer) { self.init(NamedThing(utf8)) }

    private init?(_ thing: NamedThing?) {
        guard let thing else { return nil }
        self.thing = thing
    }

    /// The owner's id, when it is of that kind.
    package func id<Kind>(_ kind: Kind.Type) -> Identifier<Kind>? { thing.id(kind) }

    package var description: String { thing.description }
}
