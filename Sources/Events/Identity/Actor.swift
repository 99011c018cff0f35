/// The originator of an event.
package enum Actor: Hashable, Sendable, CustomStringConvertible {
    case member(MemberID)
    /// A person who is not signed in.
    case visitor
    /// The person who runs the program's commands on the machine.
    case `operator`
    /// The site itself, applying a rule.
    case system

    /// Nil for every actor but a member.
    package var member: MemberID? {
        if case .member(let id) = self { id } else { nil }
    }

    package var description: String {
        switch self {
        case .member(let id): "member:\(id)"
        case .visitor: "visitor"
        case .operator: "operator"
        case .system: "system"
        }
    }

    package init?(_ text: String) {
        var text = text
        guard let actor = text.withUTF8({ Actor(UnsafeRawBufferPointer($0)) }) else { return nil }
        self = actor
    }

    init?(_ utf8: UnsafeRawBufferPointer) {
        if let id: MemberID = NamedThing(utf8)?.id() {
            self = .member(id)
        } else {
            switch String(decoding: utf8, as: UTF8.self) {
            case "visitor": self = .visitor
            case "operator": self = .operator
            case "system": self = .system
            default: return nil
            }
        }
    }
}
