import Foundation
import Testing
import Testkit

@testable import Events

@Suite struct `Restoring` {
    let site: BackedUpSite
    init() throws { site = try BackedUpSite() }

    /// Makes a backup with a text by each member, then writes another by Anna.
    private func begin() async throws {
        try await site.withLog { log async throws in
            try await site.write("Anna före", by: site.anna, in: log)
            try await site.write("Bo före", by: site.bo, in: log)
            _ = try await site.backUp(log)
        }
    }

    @Test func `puts back everything when data and keys are lost, with the anchor's ledger`() async throws {
        try await begin()
        try site.lose(site.files.data.path, site.files.keys.path)
        // Nothing happened after the backup, so nothing is lost.
        let report = try await site.restore()
        #expect(report.continued == nil)
        #expect(report.parts == [.log, .vault, .keys])
        #expect(try await site.texts() == ["Anna före", "Bo före"])
    }

    @Test func `puts back the sealed files with the log that names them`() async throws {
        try await begin()
        let blobs = SealedFiles(site.files)
        let (file, key) = try blobs.add(Array("stort".utf8), of: site.anna)
        let second = site.directory.appending(path: "second")
        try await site.withLog { _ = try await site.backUp($0, to: second) }
        try site.lose(site.files.data.path)
        _ = try await site.restore(from: second)
        #expect(try blobs.open(file, of: site.anna, with: key) == Array("stort".utf8))
        #expect(blobs.names.count == 1)
    }

    @Test func `puts back the log alone, next to the vault and the keys that are there`() async throws {
        try await begin()
        try await site.withLog { try await site.write("Anna efter", by: site.anna, in: $0) }
        try site.lose(
            site.files.log, site.backup.appending(path: "vault").path, site.backup.appending(path: "keys").path)
        #expect(try await site.restore(acceptsLoss: true).parts == [.log])
        #expect(try await site.texts() == ["Anna före", "Bo före"])
    }

    @Test func `puts back the vault alone, next to a log that is no newer`() async throws {
        try await begin()
        try site.lose(site.files.vault, site.backup.appending(path: "log").path)
        #expect(try await site.restore().parts == [.vault])
        #expect(try await site.texts() == ["Anna före", "Bo före"])
    }

    @Test func `refuses a vault older than the log, and changes nothing`() async throws {
        try await site.withLog { _ = try await site.backUp($0) }
        try await site.withLog { try await site.write("nytt", by: site.anna, in: $0) }
        try site.lose(site.files.vault, site.backup.appending(path: "log").path)
        await #expect(throws: LogUnusable.vaultOlderThanLog(position: 2)) { try await site.restore() }
        #expect(!FileManager.default.fileExists(atPath: site.files.vault))
        #expect(!FileManager.default.fileExists(atPath: site.files.restoring))
    }

    @Test func `of an old backup does not bring back who was erased since (P-16.3)`() async throws {
        try await begin()
        try await site.withLog { try await site.erase(site.anna, in: $0) }
        try site.lose(site.files.log, site.files.vault)
        let report = try await site.restore(acceptsLoss: true)
        #expect(report.fencedAgain == 1)
        #expect(try await site.texts() == [nil, "Bo före"])
        try await site.withLog { log async throws in
            #expect(try log.forgottenErasures().isEmpty)
            await #expect(throws: AppendFailure.self) { try await site.write("åter", by: site.anna, in: log) }
        }
    }

    @Test func `takes the ledger that is given when nothing else is left (P-16.3)`() async throws {
        let site = try BackedUpSite(anchored: false)
        try await site.withLog { log async throws in
            try await site.write("Anna före", by: site.anna, in: log)
            _ = try await site.backUp(log)
            try await site.erase(site.anna, in: log)
        }
        let kept = site.directory.appending(path: "kept.ledger")
        try FileManager.default.copyItem(at: site.files.keys.appending(path: "erasures.ledger"), to: kept)
        try site.lose(site.files.data.path, site.files.keys.path)
        await #expect(throws: BackupUnusable.noLedger) { try await site.restore() }
        #expect(try await site.restore(ledger: kept).fencedAgain == 1)
        #expect(try await site.texts() == [nil])
    }

    @Test func `is refused without a ledger newer than the backup, and changes nothing (P-16.3)`() async throws {
        let site = try BackedUpSite(anchored: false)
        try await site.withLog { try await site.erase(site.bo, in: $0) }
        let old = site.directory.appending(path: "old.ledger")
        try FileManager.default.copyItem(at: site.files.keys.appending(path: "erasures.ledger"), to: old)
        let report = try await site.withLog { try await site.backUp($0) }
        try site.lose(site.files.data.path, site.files.keys.path)
        await #expect(throws: BackupUnusable.ledgerOlderThanBackup(report.id.description)) {
            try await site.restore(ledger: old)
        }
        #expect(!FileManager.default.fileExists(atPath: site.files.log))
    }

    @Test func `of a vault whose master key is destroyed is refused by name`() async throws {
        try await begin()
        try await site.withLog { log async throws in
            _ = try await log.rotateKeys(claims: { _ in [] }, by: .operator, at: site.time.now)
            let replaced = try #require(try log.replacedEpochs().first)
            try await log.destroyEpoch(replaced, by: .system, at: site.time.now)
        }
        // The log alone is not enough either: its claims are hashed under a key that is gone as well.
        for part in [BackupPart.log, .vault] {
            let alone = site.directory.appending(path: "only-\(part.rawValue)")
            try FileManager.default.createDirectory(at: alone, withIntermediateDirectories: true)
            try FileManager.default.copyItem(
                at: site.backup.appending(path: part.rawValue), to: alone.appending(path: part.rawValue))
            let file = part == .log ? site.files.log : site.files.vault
            try FileManager.default.moveItem(atPath: file, toPath: file + ".aside")
            let missing: LogUnusable = part == .log ? .hashKeyMissing(1) : .epochMissing(1)
            await #expect(throws: missing) { try await site.restore(from: alone) }
            try FileManager.default.moveItem(atPath: file + ".aside", toPath: file)
        }
    }

    @Test func `of vault and keys is refused when the log's names are hashed under a key that the backup has not`()
        async throws
    {
        try await begin()
        try await site.withLog { log async throws in
            _ = try await log.rotateKeys(claims: { _ in [] }, by: .operator, at: site.time.now)
        }
        try site.lose(site.files.vault)
        let kept = site.directory.appending(path: "kept")
        try FileManager.default.moveItem(at: site.files.keys, to: kept)
        try FileManager.default.removeItem(at: site.backup.appending(path: "log"))
        await #expect(throws: LogUnusable.hashKeyMissing(2)) {
            try await site.restore(ledger: kept.appending(path: "erasures.ledger"))
        }
    }

    @Test func `keeps the keys that are there, so that destroyed ones do not come back`() async throws {
        try await begin()
        try site.lose(site.files.log, site.files.vault)
        let before = try FileManager.default.contentsOfDirectory(atPath: site.files.keys.path).sorted()
        #expect(try await site.restore().parts == [.log, .vault])
        #expect(try FileManager.default.contentsOfDirectory(atPath: site.files.keys.path).sorted() == before)
    }

    @Test func `refuses what is in the way, files that were changed, and backups that were never finished`()
        async throws
    {
        try await begin()
        await #expect(throws: BackupUnusable.inTheWay(site.files.log)) { try await site.restore() }
        try site.lose(site.files.data.path)
        let file = site.backup.appending(path: "vault/vault.sqlite")
        let handle = try FileHandle(forUpdating: file)
        try handle.seek(toOffset: 5000)
        try handle.write(contentsOf: Data([0xFF]))
        try handle.close()
        await #expect(throws: BackupUnusable.changed(file.path)) { try await site.restore() }
        try site.lose(site.backup.appending(path: "log/manifest.json").path)
        await #expect(throws: BackupUnusable.incomplete(site.backup.appending(path: "log").path)) {
            try await site.restore()
        }
        let empty = site.directory.appending(path: "empty")
        try FileManager.default.createDirectory(at: empty, withIntermediateDirectories: true)
        await #expect(throws: BackupUnusable.nothingThere(empty.path)) { try await site.restore(from: empty) }
    }

    @Test func `refuses parts of different sites`() async throws {
        try await begin()
        let other = try BackedUpSite()
        try await other.withLog { _ = try await other.backUp($0) }
        try site.lose(site.files.data.path, site.backup.appending(path: "vault").path)
        try FileManager.default.copyItem(
            at: other.backup.appending(path: "vault"), to: site.backup.appending(path: "vault"))
        await #expect(throws: BackupUnusable.ofDifferentLogs("the backup's vault")) { try await site.restore() }
    }

    @Test func `continues after a loss with keys that a crash does not end`() async throws {
        try await begin()
        try await site.withLog { log async throws in
            for number in 1...5 { try await site.write("förlorad \(number)", by: site.anna, in: log) }
        }
        try site.lose(site.files.log)
        try site.lose(site.backup.appending(path: "vault").path)
        _ = try await site.restore(acceptsLoss: true)
        // Not closed: the vault does not know this event, whose position was used by another event before.
        let log = try EventLog(site.files)
        try await site.write("efter", by: site.anna, in: log)
        let copy = site.directory.appending(path: "crashed")
        try FileManager.default.copyItem(at: site.files.data, to: copy)
        await log.close()
        let crashed = LogFiles(data: copy, keys: site.files.keys)
        try? FileManager.default.removeItem(atPath: crashed.checkpoint)
        #expect(try await site.texts(crashed) == ["Anna före", "Bo före", "efter"])
    }
}
