import Testing
import Testkit

@testable import Events

/// Counts the events of a stream.
private struct Count: EventSourced {
    static let initial = Count()
    var number = 0

    mutating func evolve(_ event: Counted, at _: Instant) { number += 1 }
}

private struct Counted: DomainEvent {
    func encoded() -> NewEvent { Note.clear(1) }

    static func decode(_ event: RecordedEvent) throws -> Counted? {
        event.type.name == "test.counted" ? Counted() : nil
    }
}

private struct TooMany: DecisionRefusal {}
private struct WrongCode: Error {}

@Suite struct `Executing a command` {
    private let site: TemporarySite
    private let clock = TestClock()
    private let command = CommandID(at: .testStart)

    init() throws { site = try TemporarySite() }

    private func count(
        in log: EventLog, _ command: CommandID, by actor: Actor = .system, most: Int = 1,
        refusal: any Error = TooMany()
    ) async throws -> Appended {
        try await log.execute(command, by: actor, at: clock.clock) { reading, _ in
            let count: Count = try reading.state(of: stream(1))
            guard count.number < most else { throw refusal }
            return [Decided(Counted(), in: stream(1))]
        }
    }

    @Test func `appends what was decided`() async throws {
        try await site.withLog { log async throws in
            #expect(try await count(in: log, command) == Appended(positions: 1...1, isRepetition: false))
        }
    }

    @Test func `a second time appends nothing and gives the first positions, even if it would be refused by now`()
        async throws
    {
        try await site.withLog { log async throws in
            _ = try await count(in: log, command)
            #expect(try await count(in: log, command) == Appended(positions: 1...1, isRepetition: true))
            #expect(try await count(in: log, command, most: 9) == Appended(positions: 1...1, isRepetition: true))
            #expect(log.head == 1)
            await #expect(throws: TooMany.self) { try await count(in: log, CommandID(at: .testStart)) }
        }
    }

    @Test func `a refusal that protects something stands when the command is repeated`() async throws {
        try await site.withLog { log async throws in
            _ = try await count(in: log, command)
            await #expect(throws: WrongCode.self) { try await count(in: log, command, refusal: WrongCode()) }
        }
    }

    @Test func `by somebody else is refused`() async throws {
        try await site.withLog { log async throws in
            _ = try await count(in: log, command)
            await #expect(throws: AppendFailure.commandOfAnother) {
                try await count(in: log, command, by: .operator)
            }
        }
    }

    @Test func `that decides nothing appends nothing, and knows what it appended before`() async throws {
        try await site.withLog { log async throws in
            func nothing() async throws -> Appended {
                try await log.execute(command, by: .system, at: clock.clock) { _, _ in [] }
            }
            #expect(try await nothing() == Appended(positions: nil, isRepetition: false))
            _ = try await count(in: log, command)
            #expect(try await nothing() == Appended(positions: 1...1, isRepetition: true))
        }
    }

    @Test func `decides anew when a stream that it read has changed`() async throws {
        try await site.withLog { log async throws in
            var tries = 0
            let (seen, appended) = try await log.execute(command, by: .system, at: clock.clock) { _ in
                tries += 1
                let (state, version) = try log.state(of: stream(1), as: Count.self)
                // The first attempt expects a version that does not exist.
                let expected = ExpectedVersion.exactly(tries == 1 ? version + 1 : version)
                return (Decision([StreamAppend(stream(1), expected: expected, [Counted()])]), state.number)
            }
            #expect(tries == 2 && seen == 0)
            #expect(appended.positions == 1...1)
        }
    }

    @Test func `gives up when others are always first`() async throws {
        try await site.withLog { log async throws in
            await #expect(throws: AppendFailure.versionConflict(stream(1), actual: 0)) {
                try await log.execute(command, by: .system, at: clock.clock) { _ in
                    (Decision([StreamAppend(stream(1), expected: .exactly(7), [Counted()])]), ())
                }
            }
        }
    }
}
