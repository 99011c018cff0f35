package import Events

extension Messaging {
    /// Erases a case with everything that anybody wrote in it (P-16.5).
    /// - Parameter isDue: judged by the case as it stands.
    /// - Returns: false when it is not due, or erased already.
    package func erase(_ id: CaseID, when isDue: (CaseFile) throws -> Bool) async throws -> Bool {
        let (state, version) = try log.state(of: StreamName(id), as: CaseState.self)
        guard case .known(let file) = state, !file.isErased, try isDue(file) else { return false }
        let time = clock.now()
        let command = CommandID(named: "outdated \(id)", at: Instant(milliseconds: 0))
        // Whatever was written since it was read keeps the case: then nothing is erased, and it is judged anew.
        let unchanged = StreamAppend(StreamName(id), expected: .exactly(version), encoded: [])
        let appended = try await log.erase(
            [
                Erasure(
                    fence: FenceID(createdBy: CommandID(named: "case \(id)", at: time)), .owner(Owner(id))),
                Erasure(
                    fence: FenceID(createdBy: CommandID(named: "parties \(id)", at: time)), .subjects(file.subjects)),
            ], together: [unchanged], command: command, by: .system, at: time)
        return !appended.isRepetition
    }
}
