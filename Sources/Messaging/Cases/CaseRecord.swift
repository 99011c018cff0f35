package import Events
import Foundation

/// A case with everything that has happened in it, for whoever may see it.
package struct CaseRecord: Sendable {
    package struct Entry: Sendable {
        package let event: CaseEvent
        package let actor: Actor
        package let at: Instant
    }

    package let file: CaseFile
    package let entries: [Entry]

    /// The question that it began with. Nil once it is erased.
    package var opening: CaseStatement? {
        for entry in entries {
            if case .opened(let opening) = entry.event { return opening.statement.value.value }
        }
        return nil
    }
}

extension Messaging {
    /// Nil when there is none, or its time is over and it is erased.
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

    /// The secret end of the address under which somebody who cannot sign in follows a case. Shown in several mails, stored nowhere.
    package func link(to id: CaseID, for party: CaseParty) -> String {
        Data(log.secret("case\n\(party.rawValue)\n\(id)")).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    /// Decides on a case as it stands, and appends to it.
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
    /// The event of a case at a position, and which case's.
    package func caseEvent(at position: Int) throws -> (id: CaseID, event: CaseEvent)? {
        guard let recorded = try log.events(after: position - 1, limit: 1).first, recorded.position == position,
            let id: CaseID = recorded.stream.id(), let event = try CaseEvent.decode(recorded)
        else { return nil }
        return (id, event)
    }
}
