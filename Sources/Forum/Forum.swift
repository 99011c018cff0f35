package import Events

/// Categories, threads, posts and their moderation. The one facade of this module; each feature's file adds its commands.
package struct Forum: Sendable {
    let log: EventLog
    private let clock: Clock

    package init(log: EventLog, clock: Clock) {
        self.log = log
        self.clock = clock
    }

    /// Appends what `decide` decides from what it reads (`EventLog.execute`).
    /// - Throws: `ForumRefusal`, `AppendFailure`, and whatever reading the log throws.
    func execute(
        _ command: CommandID, by standing: Standing, because causation: Int? = nil, erasing erasure: Erasure? = nil,
        _ decide: (inout StreamReading) throws -> [ForumEvent]
    ) async throws -> Appended {
        try await log.execute(
            command, by: .member(standing.member), because: causation, erasing: erasure, at: clock
        ) { reading, _ in
            try decide(&reading).map { Decided($0, in: $0.stream) }
        }
    }
}
