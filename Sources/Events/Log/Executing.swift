/// The outcome of a command, appended only if every stream is at its expected version.
package struct Decision: Sendable {
    package var streams: [StreamAppend]
    package var claims: [ClaimChange]
    /// Checked against the legal holds and appended as fences after the events, in the same transaction.
    package var erasures: [ErasureRequest]

    package init(_ streams: [StreamAppend], claims: [ClaimChange] = [], erasures: [ErasureRequest] = []) {
        self.streams = streams
        self.claims = claims
        self.erasures = erasures
    }

    /// A decision without effect.
    package static var nothing: Decision { Decision([]) }

    /// Without events, claims and erasures are ignored as well.
    fileprivate var isNothing: Bool { streams.allSatisfy(\.events.isEmpty) }
}

/// The streams that a decision has read, each with the version at its first reading, and the erasures that it asks for.
package struct StreamReading {
    private let log: EventLog
    fileprivate private(set) var versions: [StreamName: Int] = [:]
    fileprivate private(set) var erasures: [ErasureRequest] = []

    fileprivate init(log: EventLog) { self.log = log }

    package mutating func state<State: EventSourced>(of stream: StreamName) throws -> State {
        let (state, version) = try log.state(of: stream, as: State.self)
        versions[stream] = versions[stream] ?? version
        return state
    }

    /// Erases in the append of the decision; ignored when the decision has no events.
    package mutating func erase(_ request: ErasureRequest) { erasures.append(request) }
}

/// An event with the stream to which it is appended.
package struct Decided {
    fileprivate let stream: StreamName
    fileprivate let event: any DomainEvent

    package init(_ event: any DomainEvent, in stream: StreamName) {
        self.stream = stream
        self.event = event
    }
}

/// A module's reason for refusing a command. Each feature of the module has its own enumeration.
///
/// A repeated command gets its first result even if it would be refused by now. Refusals that protect something, such as a wrong code,
/// must not conform: otherwise repeating a command that another person's proof let through would bypass the check.
package protocol DecisionRefusal: Error {}

extension EventLog {
    /// The maximum number of retries after version conflicts.
    private static let conflictsEndured = 8

    /// The one way to execute a command: decides and appends. After a version conflict it decides again from the new state.
    ///
    /// A repeated command appends nothing and returns the positions of the first time. A decision without events appends nothing.
    /// - Parameter decide: reads its state at each attempt; the value it returns is passed on from the last one.
    /// - Throws: what `decide` throws; `AppendFailure`; `ErasureUnfinished`.
    @discardableResult
    package func execute<Value>(
        _ command: CommandID, by actor: Actor, because causation: Int? = nil, at clock: Clock,
        _ decide: (Instant) throws -> (Decision, Value)
    ) async throws -> (value: Value, appended: Appended) {
        var conflicts = 0
        while true {
            do {
                let time = clock.now()
                let (decision, value) = try decide(time)
                let appended = try await append(decision, command, by: actor, because: causation, at: time)
                return (value, appended)
            } catch AppendFailure.versionConflict where conflicts < EventLog.conflictsEndured {
                conflicts += 1
            }
        }
    }

    /// Executes a command that reads its streams through `StreamReading`: each must still be at the version that was read, and a stream
    /// that gets an event without having been read must not exist.
    /// - Throws: a `DecisionRefusal`, unless the command was executed before; `AppendFailure`, and whatever reading the log throws.
    @discardableResult
    package func execute(
        _ command: CommandID, by actor: Actor, because causation: Int? = nil, at clock: Clock,
        _ decide: (inout StreamReading, Instant) throws -> [Decided]
    ) async throws -> Appended {
        do {
            return try await execute(command, by: actor, because: causation, at: clock) { time in
                var reading = StreamReading(log: self)
                let decided = try decide(&reading, time)
                return (Decision(EventLog.streams(of: decided, reading.versions), erasures: reading.erasures), ())
            }.appended
        } catch let refusal as any DecisionRefusal {
            guard let earlier = try repetition(of: command, by: actor) else { throw refusal }
            return earlier
        }
    }

    private func append(
        _ decision: Decision, _ command: CommandID, by actor: Actor, because causation: Int?, at time: Instant
    ) async throws -> Appended {
        if decision.isNothing {
            return try repetition(of: command, by: actor) ?? Appended(positions: nil, isRepetition: false)
        }
        guard decision.erasures.isEmpty else {
            return try await erase(
                decision.erasures, together: decision.streams, claims: decision.claims, command: command, by: actor,
                because: causation, at: time)
        }
        return try await append(
            Append(
                command: command, actor: actor, time: time, causation: causation, streams: decision.streams,
                claims: decision.claims))
    }

    /// The earlier result of a command; nil when it has appended nothing.
    /// - Throws: `AppendFailure.commandOfAnother`.
    private func repetition(of command: CommandID, by actor: Actor) throws -> Appended? {
        guard let earlier = try readers.read({ try $0.appended(by: command) }) else { return nil }
        guard earlier.actor == actor.description else { throw AppendFailure.commandOfAnother }
        return Appended(positions: earlier.positions, isRepetition: true)
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
