import Foundation
import Synchronization
import Testing
import Testkit

@testable import Events

@Suite(.clause("P-06.4")) struct `The key of what a member keeps for herself` {
    let site: BackedUpSite
    init() throws { site = try BackedUpSite() }

    private var anna: MemberID { site.anna }
    private var bo: MemberID { site.bo }

    @Test func `opens what it sealed, in the same row of the same member only`() async throws {
        try await site.withLog { log async throws in
            let (key, wrapped) = try log.memberKeys.make(for: anna)
            let sealed = try key.seal("Hemligt", as: "draft-reply", at: "1")
            #expect(!sealed.contains(Array("Hemligt".utf8)))
            let opened = try log.memberKeys.open(wrapped)
            #expect(try opened.open(sealed, as: "draft-reply", at: "1") == "Hemligt")
            for (kind, row) in [("draft-thread", "1"), ("draft-reply", "2")] {
                #expect(throws: MemberTextDamaged.self) { try opened.open(sealed, as: kind, at: row) }
            }
            let moved = WrappedMemberKey(member: bo, epoch: wrapped.epoch, bytes: wrapped.bytes)
            #expect(throws: LogUnusable.wrongMasterKey) { try log.memberKeys.open(moved) }
            let others = try log.memberKeys.make(for: bo).key
            #expect(throws: MemberTextDamaged.self) { try others.open(sealed, as: "draft-reply", at: "1") }
            #expect("\(key)" == "(MemberKey)")
        }
    }

    /// Wrapped keys in memory, in place of a file.
    private final class Keys: Sendable {
        let wrapped: Mutex<[WrappedMemberKey]>
        let fails = Mutex(false)

        init(_ keys: [WrappedMemberKey]) { wrapped = Mutex(keys) }

        struct Killed: Error {}

        func store(_ keys: MemberKeys) -> WrappedKeyStore {
            WrappedKeyStore(
                oldestEpoch: { self.wrapped.withLock { $0.map(\.epoch).min() } },
                rewrap: {
                    if self.fails.withLock(\.self) { throw Killed() }
                    try self.wrapped.withLock { $0 = try $0.map { try keys.rewrap($0) } }
                })
        }
    }

    @Test(.clause("P-16.3")) func `goes through a rotation, and no epoch is destroyed that wraps it`() async throws {
        try await site.withLog { log async throws in
            let (key, first) = try log.memberKeys.make(for: anna)
            let keys = Keys([first])
            log.rotate(with: keys.store(log.memberKeys))
            let sealed = try key.seal("Hemligt", as: "note", at: "1")
            keys.fails.withLock { $0 = true }
            await #expect(throws: Keys.Killed.self) {
                try await log.rotateKeys(claims: { _ in [] }, by: .operator, at: site.time.now)
            }
            // As after a kill: the vault is wrapped anew, this key is not, and no event says that the rotation is done.
            #expect(try log.replacedEpochs().isEmpty)
            await #expect(throws: EpochInUse(epoch: 1)) {
                try await log.destroyEpoch(
                    ReplacedEpoch(epoch: 1, replaced: site.time.now), by: .system, at: site.time.now)
            }
            keys.fails.withLock { $0 = false }
            #expect(try await log.finishKeyRotation(claims: { _ in [] }, at: site.time.now))
            #expect(try await !log.finishKeyRotation(claims: { _ in [] }, at: site.time.now))
            let rewrapped = keys.wrapped.withLock { $0 }
            let wrapped = try #require(rewrapped.first)
            #expect(wrapped.epoch == 2)
            let replaced = try #require(try log.replacedEpochs().first)
            try await log.destroyEpoch(replaced, by: .system, at: site.time.now)
            #expect(try log.memberKeys.open(wrapped).open(sealed, as: "note", at: "1") == "Hemligt")
            #expect(throws: LogUnusable.epochMissing(1)) { try log.memberKeys.open(first) }
        }
    }

    @Test func `that an older file brings back is wrapped anew, though a rotation is over`() async throws {
        try await site.withLog { log async throws in
            let old = try log.memberKeys.make(for: anna).wrapped
            _ = try await log.rotateKeys(claims: { _ in [] }, by: .operator, at: site.time.now)
            let keys = Keys([old])
            log.rotate(with: keys.store(log.memberKeys))
            #expect(try await log.finishKeyRotation(claims: { _ in [] }, at: site.time.now))
            #expect(keys.wrapped.withLock { $0.map(\.epoch) } == [2])
            #expect(try log.events(in: StreamName("keys")).count == 1)
        }
    }

    private func write(_ key: WrappedMemberKey) throws {
        let file = try SQLiteConnection(site.files.reading, .create)
        try file.run(WrappedMemberKey.table)
        let statement = try file.statement("INSERT INTO member_keys(member, epoch, wrapped) VALUES (?, ?, ?)")
        statement.bind(1, key.member.description)
        statement.bind(2, key.epoch)
        statement.bind(3, blob: key.bytes)
        try statement.execute()
    }

    @Test(.clause("P-16.3")) func `is named by its epoch in a backup, which is refused without that epoch`()
        async throws
    {
        try await site.withLog { log async throws in
            try write(log.memberKeys.make(for: anna).wrapped)
            _ = try await log.rotateKeys(claims: { _ in [] }, by: .operator, at: site.time.now)
            _ = try await site.backUp(log)
            let replaced = try #require(try log.replacedEpochs().first)
            // No store is registered for the file, as if it had come from elsewhere.
            try await log.destroyEpoch(replaced, by: .system, at: site.time.now)
        }
        #expect(try BackupManifest(.vault, in: site.backup)?.epochs == [1], "nothing is sealed in the log")
        for part in ["log", "keys"] { try site.lose(site.backup.appending(path: part).path) }
        try site.lose(site.files.vault, site.files.reading)
        await #expect(throws: LogUnusable.epochMissing(1)) { try await site.restore() }
        #expect(!FileManager.default.fileExists(atPath: site.files.vault))
    }
}
