package import Events

/// Facade of this module: categories, threads, posts and their moderation. Each feature's file adds its commands in an extension.
package struct Forum: Sendable {
    let log: EventLog
    private let clock: Clock

    package init(log: EventLog, clock: Clock) {
        self.log = log
        self.clock = clock
    }

    /// Executes a command: `decide` reads streams and returns the events to append (`EventLog.execute`).
    /// - Throws: `ForumRefusal`, `AppendFailure`, and any error from reading the log.
    func execute(
        _ command: CommandID, by standing: Standing, because causation: Int? = nil,
        erasing erasure: ErasureRequest? = nil,
        _ decide: (inout StreamReading) throws -> [ForumEvent]
    ) async throws -> Appended {
        try await log.execute(
            command, by: .member(standing.member), because: causation, erasing: erasure, at: clock
        ) { reading, _ in
            try decide(&reading).map { Decided($0, in: $0.stream) }
        }
    }
}
