/// The smallest unit of erasure: it has one key, and everything sealed about it is sealed under that key.
package struct Subject: Hashable, Sendable, LosslessStringConvertible {
    package let kind: SubjectKind
    let id: UInt64

    /// A subject that is the thing with that id, such as a post or a category.
    package init<Kind>(_ kind: SubjectKind, _ id: Identifier<Kind>) {
        self.kind = kind
        self.id = id.rawValue
    }

    /// A new subject created by `command`, for a thing without an id, such as a credential or an address.
    package init(_ kind: SubjectKind, createdBy command: CommandID) {
        self.kind = kind
        id = command.hash(for: kind.rawValue)
    }

    /// A further subject of the same kind, created by the same command.
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

/// The kind of a subject. An erasure may name an owner and kinds.
package enum SubjectKind: String, ClosedCode, CaseIterable {
    case identity, email, address, municipality, register, credential
    case identityProtection = "handling"
    case signIn = "sign-in"
    case category, thread, post, picture, message, statement
    /// A later version of a post; the first one is sealed under the post.
    case revision
    /// An issue of the newsletter.
    case issue
    /// A name that a member of the staff had, as a separate subject.
    case staffName = "staff-name"
}

/// The owner of a subject: erasing the owner erases the subject.
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
