import Testing
import Testkit

@testable import Events

@Suite struct `Those who write at the same time` {
    @Test func `share transactions, those among them who were just answered and come back`() async throws {
        let site = try TemporarySite()
        try await site.withLog { log async throws in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in UInt64(1)...16 {
                    group.addTask {
                        for number in 1...20 {
                            _ = try await log.append(Note.append(stream(writer), [Note.clear(number)]))
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(log.head == 320)
            #expect(log.transactions < log.head)
        }
    }

    @Test func `are not waited for by one who comes alone: each of that one's events has its own transaction`()
        async throws
    {
        let site = try TemporarySite()
        try await site.withLog { log async throws in
            for number in 1...40 { _ = try await log.append(Note.append(stream(1), [Note.clear(number)])) }
            #expect(log.head == 40 && log.transactions == 40)
        }
    }

    @Test(.timeLimit(.minutes(2))) func `are answered while others cease to follow what they write`() async throws {
        let site = try TemporarySite()
        try await site.withLog { log async throws in
            let following = Task {
                while !Task.isCancelled {
                    await withTaskGroup(of: Void.self) { group in
                        for _ in 1...8 { group.addTask { for await _ in log.heads() {} } }
                        await Task.yield()
                        group.cancelAll()
                    }
                }
            }
            for number in 1...500 { _ = try await log.append(Note.append(stream(1), [Note.clear(number)])) }
            #expect(log.head == 500)
            following.cancel()
            await following.value
        }
    }
}
