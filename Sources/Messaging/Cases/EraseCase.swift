package import Events

extension Messaging {
    /// Erases a case with everything that anybody wrote in it, when its time is out (P-16.5).
    /// - Parameter isDue: judged by the case as it stands.
    /// - Returns: false when it is not due, or erased already.
    package func erase(_ id: CaseID, when isDue: (CaseFile) throws -> Bool) async throws -> Bool {
        let (state, version) = try log.state(of: StreamName(id), as: CaseState.self)
        guard case .known(let file) = state, !file.isErased, try isDue(file) else { return false }
        let command = CommandID(named: "outdated \(id)", at: Instant(milliseconds: 0))
        let time = clock.now()
        // Anything written since it was read keeps the case: then nothing is erased, and it is judged anew later.
        let unchanged = StreamAppend(StreamName(id), expected: .exactly(version), [CaseEvent]())
        return try await !log.erase(
            Messaging.erasures(of: file, at: time), together: [unchanged], command: command, by: .system, at: time
        ).isRepetition
    }

    /// Erases a case before its time. Once, however often it is told.
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

    /// Everything that anybody wrote in a case.
    private static func erasures(of file: CaseFile, at time: Instant) -> [Erasure] {
        [
            Erasure(fence: FenceID(createdBy: CommandID(named: "case \(file.id)", at: time)), .owner(Owner(file.id))),
            Erasure(
                fence: FenceID(createdBy: CommandID(named: "parties \(file.id)", at: time)), .subjects(file.subjects)),
        ]
    }
}
