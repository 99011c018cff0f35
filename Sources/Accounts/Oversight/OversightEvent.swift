package import Events

/// What the administration does with a member's data, recorded outside the member's own stream.
package enum OversightEvent: Hashable, Sendable {
    case viewed(DataView)
    case sessionsEnded(SessionsEndedReason)
    /// Written when one person was enough and no end was required.
    case holdPlaced(HoldOrder)
    /// To place a hold, or to renew one.
    case holdProposed(HoldProposalID, HoldOrder)
    /// The second approval: the hold is in force from here on.
    case holdConfirmed(HoldProposalID)
    /// Declined, withdrawn, or out of time.
    case holdDeclined(HoldProposalID)
    case holdLifted
}

/// The names of oversight events on the wire.
package enum OversightEventName: String, WireName {
    case viewed = "oversight.data-viewed"
    case sessionsEnded = "oversight.sessions-ended"
    case holdPlaced = "oversight.hold-placed"
    case holdProposed = "oversight.hold-proposed"
    case holdConfirmed = "oversight.hold-confirmed"
    case holdDeclined = "oversight.hold-declined"
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
        case .sessionsEnded(let reason): event(.sessionsEnded, .endingReason, reason)
        case .holdPlaced(let hold):
            event(.holdPlaced, sealing: hold.reference.part) { $0.write(.secret, hold.isSecret) }
        case .holdProposed(let id, let hold):
            event(.holdProposed, sealing: hold.reference.part) {
                $0.write(.lastDay, hold.lastDay)
                $0.write(.proposal, id)
                $0.write(.secret, hold.isSecret)
            }
        case .holdConfirmed(let id): event(.holdConfirmed, .proposal, id)
        case .holdDeclined(let id): event(.holdDeclined, .proposal, id)
        case .holdLifted: event(.holdLifted)
        }
    }

    package init(_ name: OversightEventName, _ event: RecordedEvent) throws {
        switch name {
        case .viewed:
            let (reason, role) = try event.clear(.viewingReason, .role)
            self = .viewed(DataView(role: role, reason: reason, note: try event.sealedIfAny()))
        case .sessionsEnded: self = .sessionsEnded(try event.clear(.endingReason))
        case .holdPlaced:
            self = .holdPlaced(
                HoldOrder(isSecret: try event.clear(.secret), lastDay: nil, reference: try event.sealed()))
        case .holdProposed:
            let (lastDay, proposal, isSecret) = try event.clear(.lastDay, .proposal, .secret)
            self = .holdProposed(
                proposal, HoldOrder(isSecret: isSecret, lastDay: lastDay, reference: try event.sealed()))
        case .holdConfirmed: self = .holdConfirmed(try event.clear(.proposal))
        case .holdDeclined: self = .holdDeclined(try event.clear(.proposal))
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

extension ClearField<HoldProposalID> {
    fileprivate static var proposal: Self { "proposal" }
}

extension ClearField<CalendarDate?> {
    fileprivate static var lastDay: Self { "lastDay" }
}

extension ClearField<Bool> {
    fileprivate static var secret: Self { "secret" }
}
