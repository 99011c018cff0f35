package import Events
import Foundation

/// A case with its full history. Access control is the caller's.
package struct CaseRecord: Sendable {
    package struct Entry: Sendable {
        package let event: CaseEvent
        package let actor: Actor
        package let at: Instant
    }

    package let file: CaseFile
    package let entries: [Entry]

    /// Whether the case was closed by a rule because its party had not answered the staff, with the time of the staff's question.
    package var endedWaitingSince: Instant? {
        let changes = entries.filter { entry in
            switch entry.event {
            case .closed, .replied, .decided, .reopened, .appealed, .erased: true
            case .stated(let addition): addition.asks
            case .mailFiled(_, let asks): asks
            case .opened, .contactGiven, .noted, .assigned, .warned, .extended, .identityChecked, .identified,
                .mailSetAside, .mailReceived, .answersDirected:
                false
            }
        }
        guard let last = changes.last, case .closed = last.event, last.actor == .system,
            case .replied(let answer)? = changes.dropLast().last?.event, answer.awaits
        else { return nil }
        return answer.at
    }

    /// The opening statement; nil once erased.
    package var opening: CaseStatement? {
        for entry in entries {
            if case .opened(let opening) = entry.event { return opening.statement.value.value }
        }
        return nil
    }
}

extension Messaging {
    /// Nil when the case does not exist or has been erased.
    package func record(_ id: CaseID) throws -> CaseRecord? {
        var state = CaseState.initial
        var entries: [CaseRecord.Entry] = []
        for recorded in try log.events(in: StreamName(id)) {
            guard let event = try CaseEvent.decode(recorded) else { continue }
            state.evolve(event, at: recorded.time)
            entries.append(CaseRecord.Entry(event: event, actor: recorded.actor, at: recorded.time))
        }
        guard case .known(let file) = state, !file.isErased else { return nil }
        return CaseRecord(file: file, entries: entries)
    }

    /// The secret last part of the URL by which a party who cannot sign in follows the case. Derived and never stored; repeated in several
    /// mails.
    package func link(to id: CaseID, for party: CaseParty) -> String {
        Base64URL.encode(log.secret("case\n\(party.rawValue)\n\(id)"))
    }

    /// Runs `decide` on the current state of a case and appends the events.
    @discardableResult
    func inCase(
        _ id: CaseID, _ command: CommandID, by actor: Actor,
        _ decide: (CaseFile, Instant) throws -> [CaseEvent]
    ) async throws -> Appended {
        try await execute(command, by: actor) { reading, time in
            let state: CaseState = try reading.state(of: StreamName(id))
            return try decide(state.required(), time).map { Decided($0, in: StreamName(id)) }
        }
    }
}

extension Messaging {
    /// The case event at a log position, with the case it belongs to; nil if the event is of another kind.
    package func caseEvent(at position: Int) throws -> (id: CaseID, event: CaseEvent)? {
        guard let recorded = try log.events(after: position - 1, limit: 1).first, recorded.position == position,
            let id: CaseID = recorded.stream.id(), let event = try CaseEvent.decode(recorded)
        else { return nil }
        return (id, event)
    }
}
