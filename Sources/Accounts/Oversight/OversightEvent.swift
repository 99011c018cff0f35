package import Events

/// What the administration does with somebody's data, apart from that one's own stream.
package enum OversightEvent: Hashable, Sendable {
    case viewed(DataView)
    case sessionsEnded(SessionsEndedReason)
    case holdPlaced(LegalHold)
    case holdLifted
}

/// The events of oversight by their names on the wire.
package enum OversightEventName: String, WireName {
    case viewed = "oversight.data-viewed"
    case sessionsEnded = "oversight.sessions-ended"
    case holdPlaced = "oversight.hold-placed"
    case holdLifted = "oversight.hold-lifted"

    package static let prefix = "oversight."
}

extension OversightEvent: NamedEvent {
    package typealias Name = OversightEventName

    package func encoded() -> NewEvent {
        switch self {
        case .viewed(let view):
            event(.viewed, view.note?.sealed { $0.text(.viewingNote, $1.text) }) { json in
                json.code("reason", view.reason)
                json.code("role", view.role)
            }
        case .sessionsEnded(let reason): event(.sessionsEnded) { $0.code("reason", reason) }
        case .holdPlaced(let hold):
            event(.holdPlaced, hold.reference.sealed { $0.text(.holdReference, $1.text) }) {
                $0.bool("secret", hold.isSecret)
            }
        case .holdLifted: event(.holdLifted)
        }
    }

    /// - Throws: `UnreadableEvent`, `MalformedEvent`, `SealedWithoutKeys`.
    package static func decode(_ event: RecordedEvent) throws -> OversightEvent? {
        guard let name = try OversightEventName(event) else { return nil }
        switch name {
        case .viewed:
            let (reason, role) = try event.clear { (json) throws(MalformedEvent) in
                let reason: ViewingReason = try json.code("reason")
                let role: Role = try json.code("role")
                return (reason, role)
            }
            let note = event.subject == nil ? nil : try event.held(.viewingNote, ViewingNote.init(recorded:))
            return .viewed(DataView(role: role, reason: reason, note: note))
        case .sessionsEnded:
            return .sessionsEnded(try event.clear { (json) throws(MalformedEvent) in try json.code("reason") })
        case .holdPlaced:
            let isSecret = try event.clear { (json) throws(MalformedEvent) in try json.bool("secret") }
            return .holdPlaced(
                LegalHold(isSecret: isSecret, reference: try event.held(.holdReference, HoldReference.init(recorded:))))
        case .holdLifted:
            try event.clear { (_) throws(MalformedEvent) in }
            return .holdLifted
        }
    }
}
