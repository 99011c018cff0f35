package import Events

/// Why an administrator signs a member out. A code without free text: it is recorded in the clear, and shown in the mail.
package enum SessionsEndedReason: String, ClosedCode, CaseIterable {
    /// An intruder may be signed in.
    case intrusion = "suspected-intrusion"
    case lostDevice = "lost-device"
    /// The member has asked for it.
    case requested
}

/// Signs a member out everywhere, by an administrator's decision.
package struct EndSessions: Sendable {
    let member: MemberID
    let reason: SessionsEndedReason
    let actor: Actor

    package func decide(given state: Member, _ staff: Staff) throws(AccountRefusal) -> [OversightEvent] {
        guard staff.mayAdminister(actor) else { throw .notAllowed }
        // She ends her own sessions in the settings.
        guard actor != .member(member) else { throw .ownMatter }
        guard state.active != nil else { throw .noSuchMember }
        return [.sessionsEnded(reason)]
    }
}

extension Accounts {
    /// Records the decision; the caller ends the sessions.
    /// - Throws: `AccountRefusal.notAllowed`, `ownMatter`, `noSuchMember`.
    package func endSessions(
        of member: MemberID, for reason: SessionsEndedReason, by actor: Actor, command: CommandID
    ) async throws {
        try await execute(command, by: actor) { _ in
            let events = try EndSessions(member: member, reason: reason, actor: actor)
                .decide(given: self.member(member), staff())
            return ([StreamAppend(Accounts.views(of: member), expected: .any, events)], ())
        }
    }

    /// The member and the reason recorded by a sessions-ended event; nil for other events.
    package func sessionsEnded(by event: RecordedEvent) throws -> (member: MemberID, reason: SessionsEndedReason)? {
        guard case .sessionsEnded(let reason) = try OversightEvent.decode(event),
            let id: Identifier<ViewedMemberKind> = event.stream.id()
        else { return nil }
        return (MemberID(rawValue: id.rawValue), reason)
    }
}
