package import Events

extension Accounts {
    /// Erases the details of one sign-in when their retention period has run out (P-16.5).
    /// - Returns: false before that, or when they were erased already.
    package func erase(_ signIn: Subject, heldSince since: Instant) async throws -> Bool {
        let time = clock.now()
        guard let end = try policies().deadline(from: since, judgedAt: time, \.signInDetails), time >= end else {
            return false
        }
        return try await erase([signIn], named: "outdated \(signIn)", at: time)
    }

    /// Erases the texts of a decided correction request when their retention period has run out (P-16.5).
    /// - Returns: false before that, or when they were erased already.
    package func eraseDecided(_ id: CorrectionID) async throws -> Bool {
        let time = clock.now()
        guard case .decided(let correction, let comparison, let decision) = try correction(id),
            let end = try policies().deadline(from: decision.at, judgedAt: time, \.correctionCase), time >= end
        else { return false }
        let subjects = [correction.wish.subject, comparison.subject, decision.reason.subject]
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
