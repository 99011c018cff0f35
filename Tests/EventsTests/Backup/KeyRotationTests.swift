import CSQLite
import Foundation
import Synchronization
import Testing
import Testkit

@testable import Events

@Suite struct `Rotating keys` {
    let site: BackedUpSite
    let claim = Claim(.username, "anna")
    init() throws { site = try BackedUpSite() }

    /// Each module derives its claims from its events; here every text is a claim.
    private static let claims: ClaimsOfEvent = { event in
        try event.text.value.map { [Claim(.username, $0)] } ?? []
    }

    private func begin(_ log: EventLog) async throws {
        let post = PostID.random()
        _ = try await log.append(
            Note.append(
                StreamName(post), [Note.sealed("anna", about: post, of: site.anna)],
                claims: [.take(claim, Owner(site.anna))]))
        for number in 1...20 { try await site.write("text \(number)", by: site.bo, in: log) }
    }

    private func rotate(_ log: EventLog) async throws -> Int {
        try await log.rotateKeys(claims: Self.claims, by: .operator, at: site.time.now)
    }

    private func vault<Value>(_ read: (SQLiteConnection) throws -> Value) throws -> Value {
        try read(SQLiteConnection(site.files.vault, .readOnly))
    }

    @Test func `leaves every text readable, at once and after a restart, and no key under the old one`() async throws {
        try await site.withLog { log async throws in
            try await begin(log)
            #expect(try await rotate(log) == 2)
            #expect(try vault { try Vault.epochs(of: $0) } == [2])
            try await site.write("efteråt", by: site.anna, in: log)
        }
        let texts = try await site.texts()
        #expect(texts.count == 22 && !texts.contains(nil))
    }

    @Test func `continues while others write and read`() async throws {
        try await site.withLog { log async throws in
            try await begin(log)
            let isDone = Guarded(false)
            try await withThrowingTaskGroup { group in
                for _ in 1...4 {
                    group.addTask {
                        while !isDone.value {
                            let post = PostID.random()
                            try await site.write("meanwhile", by: site.anna, in: log, about: post)
                            #expect(try log.events(in: StreamName(post)).map { try $0.text } == [.known("meanwhile")])
                            #expect(try log.holder(of: claim) == Owner(site.anna))
                        }
                    }
                }
                for epoch in 2...5 { #expect(try await rotate(log) == epoch) }
                isDone.update { $0 = true }
                try await group.waitForAll()
            }
        }
        #expect(try await !site.texts().contains(nil))
    }

    @Test func `finds every claim under the new hash key, and none under the old one any more`() async throws {
        try await site.withLog { log async throws in
            try await begin(log)
            let old = log.keyring.hash(of: claim)
            _ = try await rotate(log)
            #expect(try log.holder(of: claim) == Owner(site.anna))
            await #expect(throws: AppendFailure.claimTaken(.username, holder: Owner(site.anna))) {
                try await log.append(
                    Note.append(stream(99), [Note.clear(1)], claims: [.take(claim, Owner(site.bo))]))
            }
            try await log.destroyEpoch(#require(log.replacedEpochs().first), by: .system, at: site.time.now)
            #expect(try log.holder(of: claim) == Owner(site.anna))
            #expect(try log.readers.read { try $0.holder(of: .username, hashes: [old]) } == nil)
            _ = try await log.append(
                Note.append(stream(99), [Note.clear(2)], claims: [.release(claim, Owner(site.anna))]))
            #expect(try log.holder(of: claim) == nil)
        }
    }

    @Test func `leaves the old keys until they are destroyed, and then they are gone for good`() async throws {
        try await site.withLog { log async throws in
            try await begin(log)
            _ = try await rotate(log)
            #expect(try log.replacedEpochs() == [ReplacedEpoch(epoch: 1, replaced: .testStart)])
            site.time.advance(seconds: 60)
            _ = try await rotate(log)
            #expect(try log.replacedEpochs().map(\.epoch) == [1, 2])
            try await log.destroyEpoch(log.replacedEpochs()[0], by: .system, at: site.time.now)
            #expect(try log.replacedEpochs().map(\.epoch) == [2])
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: site.files.keys.path).sorted()
        #expect(names == ["hash-2.key", "hash-3.key", "master-2.key", "master-3.key", "sign.key"])
        #expect(try await !site.texts().contains(nil))
    }

    @Test func `makes a vault from before it useless once the old keys are destroyed (P-16.3)`() async throws {
        try await site.withLog { try await begin($0) }
        let old = try Data(contentsOf: URL(fileURLWithPath: site.files.vault))
        try await site.withLog { log async throws in
            _ = try await rotate(log)
            try await log.destroyEpoch(log.replacedEpochs()[0], by: .system, at: site.time.now)
        }
        try old.write(to: URL(fileURLWithPath: site.files.vault))
        #expect(throws: LogUnusable.epochMissing(1)) { try EventLog(site.files) }
    }

    @Test func `is finished later when it was interrupted, wherever that was`() async throws {
        // Stopped after the new keys were created, after one of them was, and after part of the vault was rewrapped.
        for stop in 1...3 {
            let site = try BackedUpSite()
            try await site.withLog { log async throws in
                for number in 1...5 { try await site.write("text \(number)", by: site.anna, in: log) }
            }
            let keyring = try Keyring(directory: site.files.keys)
            _ = try keyring.addEpoch()
            if stop == 2 { try FileManager.default.removeItem(at: Keyring.masterKey(2, in: site.files.keys)) }
            if stop == 3 {
                let log = try LogIdentity(readingFrom: site.files.log)
                let vault = try Vault(file: site.files.vault, keyring: keyring, log: log)
                _ = try vault.rewrapSome(keyring.newestEpoch, after: 0)
                // A power cut: the file is not closed.
                vault.state.withLock { $0.open = nil }
            }
            #expect(try await !site.texts(site.files).contains(nil), "stop \(stop)")
            try await site.withLog { log async throws in
                try await site.write("mitt i", by: site.anna, in: log)
                #expect(try await log.finishKeyRotation(claims: { _ in [] }, at: site.time.now))
                #expect(try await !log.finishKeyRotation(claims: { _ in [] }, at: site.time.now))
                #expect(try log.replacedEpochs().map(\.epoch) == [1])
            }
            #expect(try Vault.epochs(of: SQLiteConnection(site.files.vault, .readOnly)) == [2], "stop \(stop)")
            #expect(try await site.texts().count == 6)
        }
    }

    @Test func `destroys no keys that anything is still wrapped under`() async throws {
        try await site.withLog { try await begin($0) }
        _ = try Keyring(directory: site.files.keys).addEpoch()
        try await site.withLog { log async throws in
            await #expect(throws: EpochInUse(epoch: 1)) {
                try await log.destroyEpoch(
                    ReplacedEpoch(epoch: 1, replaced: .testStart), by: .system, at: site.time.now)
            }
            await #expect(throws: EpochInUse(epoch: 2)) {
                try await log.destroyEpoch(
                    ReplacedEpoch(epoch: 2, replaced: .testStart), by: .system, at: site.time.now)
            }
        }
    }

    @Test func `keeps erased what is erased`() async throws {
        try await site.withLog { log async throws in
            try await begin(log)
            try await site.erase(site.bo, in: log)
            _ = try await rotate(log)
        }
        #expect(try await site.texts().compactMap(\.self) == ["anna"])
    }

    @Test func `is refused during a backup, and a backup waits for it`() async throws {
        try await site.withLog { log async throws in
            try await log.maintenance.alone(.backup) {
                _ = await #expect(throws: MaintenanceRefusal.underWay(.backup)) { try await rotate(log) }
            }
            let backup = try await log.maintenance.alone(.keyRotation) {
                let backup = Task { try await site.backUp(log) }
                _ = await #expect(throws: MaintenanceRefusal.underWay(.keyRotation)) { try await rotate(log) }
                return backup
            }
            #expect(try await backup.value.head > 0)
        }
    }

    @Test func `stops when it is cancelled, and is finished by the next call`() async throws {
        try await site.withLog { log async throws in
            for number in 1...600 { try await site.write("text \(number)", by: site.anna, in: log) }
            let rotation = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return try await rotate(log)
            }
            await #expect(throws: CancellationError.self) { try await rotation.value }
            #expect(try log.keyHistory().epoch == 1)
            #expect(try await log.finishKeyRotation(claims: Self.claims, at: site.time.now))
            #expect(try log.keyHistory().epoch == 2)
            #expect(try vault { try Vault.epochs(of: $0) } == [2])
        }
    }
}
