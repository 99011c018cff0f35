package import Events

/// What people say to each other and to the administration. The one facade of this module; each feature's file adds its commands.
package struct Messaging: Sendable {
    let log: EventLog
    let clock: Clock
    let reportedText: ReportedTexts

    /// - Parameter reportedText: who wrote a text of the forum; authors do not handle reports of it (P-08.2).
    package init(log: EventLog, clock: Clock, reportedText: @escaping ReportedTexts) {
        self.log = log
        self.clock = clock
        self.reportedText = reportedText
    }

    /// Appends what `decide` decides from what it reads (`EventLog.execute`).
    /// - Throws: a refusal of one of its parts, `AppendFailure`, and whatever reading the log throws.
    @discardableResult
    func execute(
        _ command: CommandID, by actor: Actor, because causation: Int? = nil, erasing erasure: Erasure? = nil,
        _ decide: (inout StreamReading, Instant) throws -> [Decided]
    ) async throws -> Appended {
        try await log.execute(command, by: actor, because: causation, erasing: erasure, at: clock, decide)
    }
}
