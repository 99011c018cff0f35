package import Events

/// Granting and revoking of roles, in one stream for all members.
package enum StaffEvent: Hashable, Sendable {
    case roleGranted(Role, MemberID)
    case roleRevoked(Role, MemberID)
}

package enum StaffEventName: String, AccountStreamEventName {
    case roleGranted = "accounts.role-granted"
    case roleRevoked = "accounts.role-revoked"
}

extension StaffEvent: NamedEvent {
    package func encoded() -> NewEvent {
        switch self {
        case .roleGranted(let role, let member): event(.roleGranted, Appointment(member: member, role: role))
        case .roleRevoked(let role, let member): event(.roleRevoked, Appointment(member: member, role: role))
        }
    }

    package init(_ name: StaffEventName, _ event: RecordedEvent) throws {
        let appointment: Appointment = try event.clear()
        switch name {
        case .roleGranted: self = .roleGranted(appointment.role, appointment.member)
        case .roleRevoked: self = .roleRevoked(appointment.role, appointment.member)
        }
    }
}

private struct Appointment {
    let member: MemberID
    let role: Role
}

extension Appointment: ClearRecord {
    init<Fields: ClearFields>(_ fields: inout Fields) throws(Fields.Failure) where Fields.Record == Self {
        member = try fields("member", \.member)
        role = try fields("role", \.role)
    }
}
