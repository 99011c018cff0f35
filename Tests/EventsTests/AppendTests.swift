import Testing
import Testkit

@testable import Events

@Suite struct `Appending to the log` {
    let site: TemporarySite
    init() throws { site = try TemporarySite() }

    @Test func `positions are gapless and survive a restart`() async throws {
        try await site.withLog { log async throws in
            #expect(try await log.append(Note.append(stream(1), [Note.clear(1), Note.clear(2)])).positions == 1...2)
            #expect(try await log.append(Note.append(stream(2), [Note.clear(3)])).positions == 3...3)
        }
        try await site.withLog { log async throws in
            #expect(log.head == 3)
            #expect(try await log.append(Note.append(stream(1), expected: .exactly(2), [Note.clear(4)])).last == 4)
            #expect(try log.events(in: stream(1)).map(\.version) == [1, 2, 3])
        }
    }

    @Test func `an append that expected another version adds nothing and says which it found`() async throws {
        try await site.withLog { log async throws in
            _ = try await log.append(Note.append(stream(1), expected: .exactly(0), [Note.clear(1)]))
            await #expect(throws: AppendFailure.versionConflict(stream(1), actual: 1)) {
                try await log.append(Note.append(stream(1), expected: .exactly(0), [Note.clear(2)]))
            }
            #expect(log.head == 1)
        }
    }

    @Test func `several streams are appended to together or not at all`() async throws {
        try await site.withLog { log async throws in
            _ = try await log.append(Note.append(stream(2), [Note.clear(0)]))
            let both = Append(
                command: CommandID(at: .testStart), actor: .system, time: .testStart,
                streams: [
                    StreamAppend(stream(1), expected: .exactly(0), encoded: [Note.clear(1)]),
                    StreamAppend(stream(2), expected: .exactly(0), encoded: [Note.clear(2)]),
                ])
            await #expect(throws: AppendFailure.versionConflict(stream(2), actual: 1)) { try await log.append(both) }
            #expect(try log.events(in: stream(1)).isEmpty)
            #expect(log.head == 1)
        }
    }

    @Test func `a stream without events only has to be at the expected version`() async throws {
        try await site.withLog { log async throws in
            _ = try await log.append(Note.append(stream(1), [Note.clear(1)]))
            func reply(when version: Int) -> Append {
                Append(
                    command: CommandID(at: .testStart), actor: .system, time: .testStart,
                    streams: [
                        StreamAppend(stream(1), expected: .exactly(version), encoded: []),
                        StreamAppend(stream(2), expected: .any, encoded: [Note.clear(2)]),
                    ])
            }
            #expect(try await log.append(reply(when: 1)).last == 2)
            await #expect(throws: AppendFailure.versionConflict(stream(1), actual: 1)) {
                try await log.append(reply(when: 7))
            }
        }
    }

    @Test func `the same command is appended once and answers with its first positions`() async throws {
        let command = CommandID(at: .testStart)
        let append = Note.append(stream(1), expected: .exactly(0), [Note.clear(1), Note.clear(2)], command: command)
        try await site.withLog { log async throws in
            let first = try await log.append(append)
            let second = try await log.append(append)
            #expect(first == Appended(positions: 1...2, isRepetition: false))
            #expect(second == Appended(positions: 1...2, isRepetition: true))
            #expect(log.head == 2)
        }
    }

    @Test func `nobody can repeat another's command`() async throws {
        let command = CommandID(at: .testStart)
        try await site.withLog { log async throws in
            _ = try await log.append(Note.append(stream(1), [Note.clear(1)], command: command, actor: .visitor))
            await #expect(throws: AppendFailure.commandOfAnother) {
                try await log.append(Note.append(stream(1), [Note.clear(1)], command: command, actor: .operator))
            }
        }
    }

    @Test func `a claim has one holder until it is released`() async throws {
        let (anna, bo) = (Owner(MemberID.random()), Owner(MemberID.random()))
        let claim = Claim(.username, "hantverkarn")
        try await site.withLog { log async throws in
            _ = try await log.append(Note.append(stream(1), [Note.clear(1)], claims: [.take(claim, anna)]))
            await #expect(throws: AppendFailure.claimTaken(.username, holder: anna)) {
                try await log.append(Note.append(stream(2), [Note.clear(2)], claims: [.take(claim, bo)]))
            }
            #expect(try log.holder(of: claim) == anna)
            _ = try await log.append(
                Note.append(stream(1), [Note.clear(3)], claims: [.release(claim, anna), .take(claim, bo)]))
            #expect(try log.holder(of: claim) == bo)
            #expect(try log.events(in: stream(2)).isEmpty)
        }
    }

    @Test func `of many at the same moment with the same claim, one gets it (P-06.1)`() async throws {
        let claim = Claim(.email, "anna@example.org")
        try await site.withLog { log async throws in
            let winners = await withTaskGroup(of: Bool.self) { group in
                for number in 1...40 {
                    group.addTask {
                        let owner = Owner(MemberID(rawValue: UInt64(number)))
                        let append = Note.append(
                            stream(UInt64(number)), [Note.clear(number)], claims: [.take(claim, owner)])
                        return (try? await log.append(append)) != nil
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(winners == 1)
            #expect(log.head == 1)
        }
    }

    @Test func `appends that share a transaction fail one by one`() async throws {
        try await site.withLog { log async throws in
            await withTaskGroup(of: Void.self) { group in
                for number in 1...200 {
                    group.addTask {
                        _ = try? await log.append(
                            Note.append(stream(UInt64(number % 100)), expected: .exactly(0), [Note.clear(number)]))
                    }
                }
            }
            #expect(log.head == 100)
            let events = try log.events(after: 0, limit: 1000)
            #expect(events.map(\.position) == Array(1...100))
            #expect(Set(events.map(\.stream)).count == 100)
        }
    }

    @Test func `time never runs backwards in the log`() async throws {
        try await site.withLog { log async throws in
            _ = try await log.append(Note.append(stream(1), [Note.clear(1)], time: .testStart))
            _ = try await log.append(Note.append(stream(1), [Note.clear(2)], time: .testStart.advanced(seconds: -60)))
            #expect(try log.events(in: stream(1)).map(\.time) == [.testStart, .testStart])
        }
    }

    @Test func `followers hear of the head, beginning with the present one`() async throws {
        try await site.withLog { log async throws in
            var heads = log.heads().makeAsyncIterator()
            #expect(await heads.next() == 0)
            _ = try await log.append(Note.append(stream(1), [Note.clear(1)]))
            #expect(await heads.next() == 1)
        }
    }

    @Test func `a closed log takes no more`() async throws {
        let log = try EventLog(site.files)
        await log.close()
        await #expect(throws: AppendFailure.closed) { try await log.append(Note.append(stream(1), [Note.clear(1)])) }
    }
}
