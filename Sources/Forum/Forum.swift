package import Events

/// Categories, threads, posts and their moderation. The one facade of this module; each feature's file adds its commands.
package struct Forum: Sendable {
    let log: EventLog
    private let clock: Clock
    private static let attempts = 8

    package init(log: EventLog, clock: Clock) {
        self.log = log
        self.clock = clock
    }

    /// The streams a decision was made from, each at the version at which it was read.
    struct Reading {
        fileprivate let log: EventLog
        fileprivate var versions: [StreamName: Int] = [:]

        fileprivate init(log: EventLog) { self.log = log }

        mutating func state<State: EventSourced>(of stream: StreamName) throws -> State {
            let (state, version) = try log.state(of: stream, as: State.self)
            versions[stream] = versions[stream] ?? version
            return state
        }
    }

    /// Appends what `decide` decides, on condition that nothing it has read has changed meanwhile; else it decides anew.
    ///
    /// With an erasure its fence comes after the events, in the same step; no events, no erasure.
    /// A stream that it has not read must not exist. The same command a second time appends nothing, even when it would be refused by now.
    /// - Throws: `ForumRefusal`, `AppendFailure`, and whatever reading the log throws.
    func perform(
        _ command: CommandID, by standing: Standing, because causation: Int? = nil, erasing erasure: Erasure? = nil,
        _ decide: (inout Reading) throws -> [ForumEvent]
    ) async throws -> Appended {
        for _ in 1..<Forum.attempts {
            do {
                return try await attempt(command, by: standing, because: causation, erasing: erasure, decide)
            } catch AppendFailure.versionConflict {
                continue
            }
        }
        return try await attempt(command, by: standing, because: causation, erasing: erasure, decide)
    }

    private func attempt(
        _ command: CommandID, by standing: Standing, because causation: Int?, erasing erasure: Erasure?,
        _ decide: (inout Reading) throws -> [ForumEvent]
    ) async throws -> Appended {
        var reading = Reading(log: log)
        var append = Append(
            command: command, actor: .member(standing.member), time: clock.now(), causation: causation, streams: [])
        do {
            append.streams = Forum.streams(of: try decide(&reading), reading.versions)
        } catch let refusal as ForumRefusal {
            let earlier = try await log.append(append)
            guard earlier.isRepetition else { throw refusal }
            return earlier
        }
        guard let erasure, !append.streams.allSatisfy(\.events.isEmpty) else { return try await log.append(append) }
        return try await log.erase(
            erasure, together: append.streams, command: command, by: append.actor, at: append.time)
    }

    private static func streams(of events: [ForumEvent], _ versions: [StreamName: Int]) -> [StreamAppend] {
        var order: [StreamName] = []
        for event in events where !order.contains(event.stream) { order.append(event.stream) }
        let written = order.map { stream in
            StreamAppend(stream, expected: .exactly(versions[stream] ?? 0), events.filter { $0.stream == stream })
        }
        let onlyRequired = versions.keys.filter { !order.contains($0) }
        return written + onlyRequired.map { StreamAppend($0, expected: .exactly(versions[$0] ?? 0), encoded: []) }
    }
}
