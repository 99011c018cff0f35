/// Who made an event happen.
package enum Actor: Hashable, Sendable, CustomStringConvertible {
    case member(MemberID)
    /// Somebody not signed in.
    case visitor
    /// Whoever runs the program's commands on the machine.
    case `operator`
    /// The site itself, by a rule.
    case system

    package var description: String {
        switch self {
        case .member(let id): "member:\(id)"
        case .visitor: "visitor"
        case .operator: "operator"
        case .system: "system"
        }
    }

    package init?(_ text: String) {
        switch text {
        case "visitor": self = .visitor
        case "operator": self = .operator
        case "system": self = .system
        default:
            guard let id = MemberID(named: text) else { return nil }
            self = .member(id)
        }
    }
}
