/// The streams a decision was made from, each at the version at which it was read.
package struct StreamReading {
    private let log: EventLog
    fileprivate private(set) var versions: [StreamName: Int] = [:]

    fileprivate init(log: EventLog) { self.log = log }

    package mutating func state<State: EventSourced>(of stream: StreamName) throws -> State {
        let (state, version) = try log.state(of: stream, as: State.self)
        versions[stream] = versions[stream] ?? version
        return state
    }
}

/// An event together with the stream that it goes to.
package struct Decided {
    fileprivate let stream: StreamName
    fileprivate let event: any DomainEvent

    package init(_ event: any DomainEvent, in stream: StreamName) {
        self.stream = stream
        self.event = event
    }
}

/// Why a module does not do what somebody asked. Each part of it has an enumeration of its own.
package protocol DecisionRefusal: Error {}

extension EventLog {
    private static let attempts = 8

    /// Appends what `decide` decides, on condition that nothing it has read has changed meanwhile; else it decides anew.
    ///
    /// With an erasure its fence comes after the events, in the same step; no events, no erasure.
    /// A stream that it has not read must not exist. The same command a second time appends nothing, even when it would be refused by now.
    /// - Throws: a `DecisionRefusal`, `AppendFailure`, and whatever reading the log throws.
    package func perform(
        _ command: CommandID, by actor: Actor, because causation: Int?, erasing erasure: Erasure?, at clock: Clock,
        _ decide: (inout StreamReading, Instant) throws -> [Decided]
    ) async throws -> Appended {
        for _ in 1..<EventLog.attempts {
            do {
                return try await attempt(
                    command, by: actor, because: causation, erasing: erasure, at: clock.now(), decide)
            } catch AppendFailure.versionConflict {
                continue
            }
        }
        return try await attempt(command, by: actor, because: causation, erasing: erasure, at: clock.now(), decide)
    }

    private func attempt(
        _ command: CommandID, by actor: Actor, because causation: Int?, erasing erasure: Erasure?, at time: Instant,
        _ decide: (inout StreamReading, Instant) throws -> [Decided]
    ) async throws -> Appended {
        var reading = StreamReading(log: self)
        var append = Append(command: command, actor: actor, time: time, causation: causation, streams: [])
        do {
            append.streams = EventLog.streams(of: try decide(&reading, time), reading.versions)
        } catch let refusal as any DecisionRefusal {
            let earlier = try await self.append(append)
            guard earlier.isRepetition else { throw refusal }
            return earlier
        }
        guard let erasure, !append.streams.allSatisfy(\.events.isEmpty) else { return try await self.append(append) }
        return try await erase(
            erasure, together: append.streams, command: command, by: actor, because: causation, at: time)
    }

    private static func streams(of decided: [Decided], _ versions: [StreamName: Int]) -> [StreamAppend] {
        var order: [StreamName] = []
        for decided in decided where !order.contains(decided.stream) { order.append(decided.stream) }
        let written = order.map { stream in
            StreamAppend(
                stream, expected: .exactly(versions[stream] ?? 0),
                decided.filter { $0.stream == stream }.map(\.event))
        }
        let onlyRequired = versions.keys.filter { !order.contains($0) }
        return written + onlyRequired.map { StreamAppend($0, expected: .exactly(versions[$0] ?? 0), encoded: []) }
    }
}
