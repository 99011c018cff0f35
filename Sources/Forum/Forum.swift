package import Events

/// Facade of this module: categories, threads, posts and their moderation. Each feature's file adds its commands in an extension.
package struct Forum: Sendable {
    let log: EventLog
    let clock: Clock

    package init(log: EventLog, clock: Clock) {
        self.log = log
        self.clock = clock
    }

    /// Executes a command: `decide` reads streams and returns the events to append (`EventLog.execute`).
    /// - Throws: `ForumRefusal`, `AppendFailure`, and any error from reading the log.
    func execute(
        _ command: CommandID, by standing: Standing, because causation: Int? = nil,
        _ decide: (inout StreamReading) throws -> [ForumEvent]
    ) async throws -> Appended {
        try await execute(command, by: .member(standing.member), because: causation) { reading, _ in
            try decide(&reading)
        }
    }

    /// The same with the time of the decision, also for commands of the system.
    func execute(
        _ command: CommandID, by actor: Actor, because causation: Int? = nil,
        _ decide: (inout StreamReading, Instant) throws -> [ForumEvent]
    ) async throws -> Appended {
        try await log.execute(command, by: actor, because: causation, at: clock) { reading, time in
            try decide(&reading, time).map { Decided($0, in: $0.stream) }
        }
    }
}
