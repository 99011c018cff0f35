package import Events

/// What the administration does with a member's data, recorded outside the member's own stream.
package enum OversightEvent: Hashable, Sendable {
    case viewed(DataView)
    case numberShown(NumberView)
    case textNumberShown(TextNumberView)
    case sessionsEnded(SessionsEndedReason)
    case holdPlaced(HoldOrder)
    case holdLifted
}

/// The names of oversight events on the wire.
package enum OversightEventName: String, WireName {
    case viewed = "oversight.data-viewed"
    case numberShown = "oversight.number-shown"
    case textNumberShown = "oversight.text-number-shown"
    case sessionsEnded = "oversight.sessions-ended"
    case holdPlaced = "oversight.hold-placed"
    case holdLifted = "oversight.hold-lifted"

    package static let prefix = "oversight."
}

extension OversightEvent: NamedEvent {
    package func encoded() -> NewEvent {
        switch self {
        case .viewed(let view):
            event(.viewed, sealing: view.note?.part) {
                $0.write(.viewingReason, view.reason)
                $0.write(.role, view.role)
            }
        case .numberShown(let view): event(.numberShown, sealing: view.note?.part) { view.write(to: &$0) }
        case .textNumberShown(let view): event(.textNumberShown, ClearTextNumber(view))
        case .sessionsEnded(let reason): event(.sessionsEnded, .endingReason, reason)
        case .holdPlaced(let hold):
            event(.holdPlaced, sealing: hold.reference.part) { $0.write(.secret, hold.isSecret) }
        case .holdLifted: event(.holdLifted)
        }
    }

    package init(_ name: OversightEventName, _ event: RecordedEvent) throws {
        switch name {
        case .viewed:
            let (reason, role) = try event.clear(.viewingReason, .role)
            self = .viewed(DataView(role: role, reason: reason, note: try event.sealedIfAny()))
        case .numberShown: self = .numberShown(try NumberView(event))
        case .textNumberShown: self = .textNumberShown(try TextNumberView(event))
        case .sessionsEnded: self = .sessionsEnded(try event.clear(.endingReason))
        case .holdPlaced:
            self = .holdPlaced(HoldOrder(isSecret: try event.clear(.secret), reference: try event.sealed()))
        case .holdLifted: self = try event.bare(.holdLifted)
        }
    }
}

extension ClearField<ViewingReason> {
    fileprivate static var viewingReason: Self { "reason" }
}

extension ClearField<Role> {
    fileprivate static var role: Self { "role" }
}

extension ClearField<SessionsEndedReason> {
    fileprivate static var endingReason: Self { "reason" }
}

extension ClearField<Bool> {
    fileprivate static var secret: Self { "secret" }
}
