import Dispatch
import Synchronization
import Testing
import Testkit

@testable import Events

@Suite struct `A vault that cannot be written to for a while` {
    private let site: TemporarySite
    private let anna = MemberID(rawValue: 7)

    init() throws { site = try TemporarySite() }

    private func write(_ text: String, in log: EventLog) async throws {
        let post = PostID.random()
        _ = try await log.append(Note.append(StreamName(post), [Note.sealed(text, about: post, of: anna)]))
    }

    /// As on a full disk: reads succeed and writes fail.
    private func set(isWritable: Bool, _ vault: Vault) throws {
        try vault.state.withLock { try $0.connection.run("PRAGMA query_only=\(isWritable ? "OFF" : "ON")") }
    }

    @Test func `fails the append that wants a key, and no other, and serves the next one`() async throws {
        try await site.withLog { log async throws in
            try set(isWritable: false, log.vault)
            await #expect(throws: (any Error).self) { try await write("nej", in: log) }
            _ = try await log.append(Note.append(stream(1), [Note.clear(1)]))
            try set(isWritable: true, log.vault)
            try await write("ja", in: log)
            #expect(log.head == 2)
        }
    }

    @Test func `hands out what was minted before, tries again to mint more, and never gives a key twice`() async throws
    {
        try await site.withLog { log async throws in
            let vault = log.vault
            var taken = Set([try vault.takeKey().id])
            let minted = vault.ahead.withLock(\.pool.count)
            try set(isWritable: false, vault)
            for _ in 1...minted { taken.insert(try vault.takeKey().id) }
            vault.background.sync {}
            #expect(throws: (any Error).self) { try vault.takeKey() }
            try set(isWritable: true, vault)
            taken.insert(try vault.takeKey().id)
            vault.background.sync {}
            #expect(vault.ahead.withLock { !$0.isMinting && $0.pool.count == minted })
            #expect(taken.count == minted + 2)
            // When half of the pool is used, more keys are minted in the background; when that fails, taking the next key tries again.
            for _ in 1...(minted / 2) { taken.insert(try vault.takeKey().id) }
            vault.background.sync {}
            try set(isWritable: false, vault)
            let left = vault.ahead.withLock(\.pool.count)
            for _ in 1...(left - minted / 4) { taken.insert(try vault.takeKey().id) }
            vault.background.sync {}
            #expect(vault.ahead.withLock { !$0.isMinting && $0.pool.count == minted / 4 })
            try set(isWritable: true, vault)
            taken.insert(try vault.takeKey().id)
            vault.background.sync {}
            #expect(vault.ahead.withLock(\.pool.count) > minted)
            #expect(taken.count == minted + 2 + minted / 2 + left - minted / 4 + 1)
        }
    }

    @Test func `forgets nothing of whose keys were used, and says that it is not noted`() async throws {
        try await site.withLog { log async throws in
            for text in ["ett", "två", "tre"] { try await write(text, in: log) }
            try set(isWritable: false, log.vault)
            #expect(throws: (any Error).self) { try log.vault.noteAll() }
            await #expect(throws: (any Error).self) { try await log.subjects(of: Owner(anna), [.post]) }
            try set(isWritable: true, log.vault)
            #expect(try await log.subjects(of: Owner(anna), [.post]).count == 3)
            #expect(log.vault.ahead.withLock { $0.unnoted.isEmpty })
        }
    }
}
