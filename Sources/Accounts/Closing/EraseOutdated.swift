package import Events

extension Accounts {
    /// The most subjects in one fence: it is read as a whole.
    private static let fenceSize = 1000

    /// Erases the details of sign-ins whose retention period has run out (P-16.5), in one append with few fences.
    /// - Returns: how many had run out; what a legal hold defers counts.
    package func erase(signIns: [(subject: Subject, since: Instant)]) async throws -> Int {
        let time = clock.now()
        let policies = try policies()
        let due = signIns.filter { entry in
            policies.deadline(from: entry.since, judgedAt: time, \.signInDetails).map { time >= $0 } ?? false
        }.map(\.subject)
        guard !due.isEmpty else { return 0 }
        let command = CommandID(at: time)
        let requests = stride(from: 0, to: due.count, by: Accounts.fenceSize).map { start in
            ErasureRequest(
                fence: FenceID(createdBy: CommandID(named: "\(command) \(start)", at: time)),
                .subjects(Array(due[start..<min(start + Accounts.fenceSize, due.count)])))
        }
        try await log.erase(requests, command: command, by: .system, at: time)
        return due.count
    }

    /// Erases the texts of a decided correction request when their retention period has run out (P-16.5).
    /// - Returns: false before that, or when they were erased already.
    package func eraseDecided(_ id: CorrectionID) async throws -> Bool {
        let time = clock.now()
        guard case .decided(_, _, let decision) = try correction(id),
            let end = try policies().deadline(from: decision.at, judgedAt: time, \.correctionCase), time >= end
        else { return false }
        // The state keeps only the last of several comparisons.
        let subjects = try log.events(in: StreamName(id)).compactMap(\.subject)
        guard decision.reason.value != .erased else { return false }
        return try await erase(subjects, named: "outdated \(id)", at: time)
    }

    /// - Parameter concerning: further owners whose holds defer it.
    func erase(
        _ subjects: [Subject], concerning: [Owner] = [], named words: String, at time: Instant
    ) async throws -> Bool {
        let command = CommandID(named: words, at: Instant(milliseconds: 0))
        let request = ErasureRequest(
            fence: FenceID(createdBy: command), .subjects(subjects), concerning: concerning)
        let appended = try await log.erase(request, command: command, by: .system, at: time)
        return !appended.isRepetition
    }
}
