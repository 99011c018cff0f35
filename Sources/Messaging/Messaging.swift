package import Events

/// Facade of the module: private messages, cases, newsletter, notifications and mail. Each feature's file adds its commands.
package struct Messaging: Sendable {
    let log: EventLog
    let clock: Clock
    let reportedText: ReportedTexts

    /// - Parameter reportedText: looks up the author of a forum text; authors do not handle reports of it (P-08.2).
    package init(log: EventLog, clock: Clock, reportedText: @escaping ReportedTexts) {
        self.log = log
        self.clock = clock
        self.reportedText = reportedText
    }

    /// Appends the events that `decide` returns for the state it reads (`EventLog.execute`).
    /// - Throws: errors from `decide`, among them refusals; `AppendFailure`; errors from reading the log.
    @discardableResult
    func execute(
        _ command: CommandID, by actor: Actor, because causation: Int? = nil,
        _ decide: (inout StreamReading, Instant) throws -> [Decided]
    ) async throws -> Appended {
        try await log.execute(command, by: actor, because: causation, at: clock, decide)
    }
}
