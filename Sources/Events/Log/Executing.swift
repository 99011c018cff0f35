/// What a command decided, on condition that every stream stands where it is expected.
package struct Decision: Sendable {
    package var streams: [StreamAppend]
    package var claims: [ClaimChange]
    /// Fenced off in the same step, after the events.
    package var erasures: [Erasure]

    package init(_ streams: [StreamAppend], claims: [ClaimChange] = [], erasures: [Erasure] = []) {
        self.streams = streams
        self.claims = claims
        self.erasures = erasures
    }

    /// There is nothing to be done.
    package static var nothing: Decision { Decision([]) }

    /// Without events neither claims nor erasures count.
    fileprivate var isNothing: Bool { streams.allSatisfy(\.events.isEmpty) }
}

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
///
/// A repeated command is answered as the first time even if it would be refused by now. Refusals that protect something, such as a
/// wrong code, must not be this: nobody passes by repeating a command that somebody else's proof let through.
package protocol DecisionRefusal: Error {}

extension EventLog {
    /// How many times a command is decided anew because another one came first.
    private static let conflictsEndured = 8

    /// The one way to execute a command: decides and appends. When another command changed a stream first, decides anew on what it left.
    ///
    /// The same command a second time appends nothing and gives the positions of the first time. Nothing decided, nothing appended.
    /// - Parameter decide: reads what it needs at each try; what it gives besides the decision is passed on from the last one.
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

    /// Executes a command that reads its streams through `StreamReading`: all of them must stand where they were read, and a stream that gets an event
    /// without having been read must not exist.
    /// - Throws: a `DecisionRefusal`, unless the command was executed before; `AppendFailure`, and whatever reading the log throws.
    @discardableResult
    package func execute(
        _ command: CommandID, by actor: Actor, because causation: Int? = nil, erasing erasure: Erasure? = nil,
        at clock: Clock, _ decide: (inout StreamReading, Instant) throws -> [Decided]
    ) async throws -> Appended {
        do {
            return try await execute(command, by: actor, because: causation, at: clock) { time in
                var reading = StreamReading(log: self)
                let decided = try decide(&reading, time)
                let erasures = [erasure].compactMap(\.self)
                return (Decision(EventLog.streams(of: decided, reading.versions), erasures: erasures), ())
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

    /// What a command appended before; nil when it did not.
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
