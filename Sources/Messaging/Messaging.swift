package import Events

/// What people say to each other and to the administration. The one facade of this module; each feature's file adds its commands.
package struct Messaging: Sendable {
    let log: EventLog
    let clock: Clock
    private static let attempts = 8

    package init(log: EventLog, clock: Clock) {
        self.log = log
        self.clock = clock
    }

    /// The streams a decision was made from, each at the version at which it was read.
    struct Reading {
        private let log: EventLog
        fileprivate private(set) var versions: [StreamName: Int] = [:]

        fileprivate init(log: EventLog) { self.log = log }

        mutating func state<State: EventSourced>(of stream: StreamName) throws -> State {
            let (state, version) = try log.state(of: stream, as: State.self)
            versions[stream] = versions[stream] ?? version
            return state
        }
    }

    /// An event together with the stream that it goes to.
    struct Decided {
        let stream: StreamName
        let event: any DomainEvent

        init(_ event: any DomainEvent, in stream: StreamName) {
            self.stream = stream
            self.event = event
        }
    }

    /// Appends what `decide` decides, on condition that nothing it has read has changed meanwhile; else it decides anew.
    ///
    /// With an erasure its fence comes after the events, in the same step; no events, no erasure.
    /// A stream that it has not read must not exist. The same command a second time appends nothing, even when it would be refused by now.
    /// - Throws: a `MessagingRefusal`, `AppendFailure`, and whatever reading the log throws.
    @discardableResult
    func perform(
        _ command: CommandID, by actor: Actor, because causation: Int? = nil, erasing erasure: Erasure? = nil,
        _ decide: (inout Reading, Instant) throws -> [Decided]
    ) async throws -> Appended {
        for _ in 1..<Messaging.attempts {
            do {
                return try await attempt(command, by: actor, because: causation, erasing: erasure, decide)
            } catch AppendFailure.versionConflict {
                continue
            }
        }
        return try await attempt(command, by: actor, because: causation, erasing: erasure, decide)
    }

    private func attempt(
        _ command: CommandID, by actor: Actor, because causation: Int?, erasing erasure: Erasure?,
        _ decide: (inout Reading, Instant) throws -> [Decided]
    ) async throws -> Appended {
        var reading = Reading(log: log)
        var append = Append(command: command, actor: actor, time: clock.now(), causation: causation, streams: [])
        do {
            append.streams = Messaging.streams(of: try decide(&reading, append.time), reading.versions)
        } catch let refusal as any MessagingRefusal {
            let earlier = try await log.append(append)
            guard earlier.isRepetition else { throw refusal }
            return earlier
        }
        guard let erasure, !append.streams.allSatisfy(\.events.isEmpty) else { return try await log.append(append) }
        return try await log.erase(erasure, together: append.streams, command: command, by: actor, at: append.time)
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

/// Why this module does not do what somebody asked. Each part of it has an enumeration of its own.
package protocol MessagingRefusal: Error {}
