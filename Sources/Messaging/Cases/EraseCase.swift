package import Events

extension Messaging {
    /// Erases a case and all texts in it when its retention period has ended (P-16.5).
    /// - Parameter isDue: evaluated on the current state of the case.
    /// - Returns: false when the case is not due, or was erased before.
    package func erase(_ id: CaseID, when isDue: (CaseFile) throws -> Bool) async throws -> Bool {
        let (state, version) = try log.state(of: StreamName(id), as: CaseState.self)
        guard case .known(let file) = state, !file.isErased, try isDue(file) else { return false }
        let command = CommandID(named: "outdated \(id)", at: Instant(milliseconds: 0))
        let time = clock.now()
        // If an event was appended since the state was read, the append fails, nothing is erased, and a later run decides again.
        let unchanged = StreamAppend(StreamName(id), expected: .exactly(version), [CaseEvent]())
        return try await !log.erase(
            Messaging.erasures(of: file, at: time), together: [unchanged], command: command, by: .system, at: time
        ).isRepetition
    }

    /// Erases a case before its retention period has ended. Idempotent per command.
    /// - Throws: `CaseRefusal.noSuchCase`, `ownMatter`.
    package func erase(
        _ id: CaseID, because reason: TextErasureReason, by administrator: MemberID, command: CommandID
    ) async throws {
        try await log.execute(command, by: .member(administrator), at: clock) { time in
            let (state, version) = try log.state(of: StreamName(id), as: CaseState.self)
            let file = try state.required()
            try requireOthersMatter(file, than: administrator)
            let erased = StreamAppend(StreamName(id), expected: .exactly(version), [CaseEvent.erased(reason, at: time)])
            return (Decision([erased], erasures: Messaging.erasures(of: file, at: time)), ())
        }
    }

    /// Erasures that cover all texts of the case, those of the parties included. A legal hold on either party keeps all of it.
    private static func erasures(of file: CaseFile, at time: Instant) -> [ErasureRequest] {
        let parties = [file.opener, file.other].compactMap(\.self).map(Owner.init(partyTo:))
        return [
            ErasureRequest(
                fence: FenceID(createdBy: CommandID(named: "case \(file.id)", at: time)), .owner(Owner(file.id)),
                concerning: parties),
            ErasureRequest(
                fence: FenceID(createdBy: CommandID(named: "parties \(file.id)", at: time)), .subjects(file.subjects),
                concerning: parties),
        ]
    }
}
