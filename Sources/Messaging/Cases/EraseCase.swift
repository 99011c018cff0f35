package import Events

extension Messaging {
    /// Erases a case with everything that anybody wrote in it, when its time is out (P-16.5).
    /// - Parameter isDue: judged by the case as it stands.
    /// - Returns: false when it is not due, or erased already.
    package func erase(_ id: CaseID, when isDue: (CaseFile) throws -> Bool) async throws -> Bool {
        let (state, version) = try log.state(of: StreamName(id), as: CaseState.self)
        guard case .known(let file) = state, !file.isErased, try isDue(file) else { return false }
        let command = CommandID(named: "outdated \(id)", at: Instant(milliseconds: 0))
        // Whatever was written since it was read keeps the case: then nothing is erased, and it is judged anew.
        return try await !erase(file, at: version, [], command: command, by: .system).isRepetition
    }

    /// Erases a case before its time. Once, however often it is told.
    /// - Throws: `CaseRefusal.noSuchCase`, `ownMatter`.
    package func erase(
        _ id: CaseID, because reason: TextErasureReason, by administrator: MemberID, command: CommandID
    ) async throws {
        for attempt in 1... {
            let (state, version) = try log.state(of: StreamName(id), as: CaseState.self)
            let file = try state.required()
            try requireOthersMatter(file, than: administrator)
            do {
                _ = try await erase(
                    file, at: version, [.erased(reason, at: clock.now())], command: command, by: .member(administrator))
                return
            } catch AppendFailure.versionConflict where attempt < 8 { continue }
        }
    }

    private func erase(
        _ file: CaseFile, at version: Int, _ events: [CaseEvent], command: CommandID, by actor: Actor
    ) async throws -> Appended {
        let time = clock.now()
        return try await log.erase(
            [
                Erasure(
                    fence: FenceID(createdBy: CommandID(named: "case \(file.id)", at: time)), .owner(Owner(file.id))),
                Erasure(
                    fence: FenceID(createdBy: CommandID(named: "parties \(file.id)", at: time)),
                    .subjects(file.subjects)),
            ], together: [StreamAppend(StreamName(file.id), expected: .exactly(version), events)], command: command,
            by: actor, at: time)
    }
}
