import Foundation
import Testing
import Testkit

@testable import Events

@Suite struct `A backup` {
    let site: BackedUpSite
    init() throws { site = try BackedUpSite() }

    @Test func `holds log, vault and keys apart, each with a manifest of what it must be`() async throws {
        let report = try await site.withLog { log async throws in
            try await site.write("hej", by: site.anna, in: log)
            return try await site.backUp(log)
        }
        for part in BackupPart.allCases {
            let manifest = try #require(try BackupManifest(part, in: site.backup))
            #expect(manifest.backup == report.id.description)
            #expect(manifest.head == 2)
            #expect(manifest.epochs == [1])
        }
        let names = { (part: String) in
            try FileManager.default.contentsOfDirectory(atPath: site.backup.appending(path: part).path).sorted()
        }
        #expect(try names("log") == ["checkpoint", "log.sqlite", "manifest.json"])
        #expect(try names("vault") == ["manifest.json", "vault.sqlite"])
        #expect(try names("keys") == ["hash-1.key", "manifest.json", "master-1.key", "sign.key"])
    }

    @Test func `is readable by its owner only`() async throws {
        try await site.withLog { _ = try await site.backUp($0) }
        for name in try FileManager.default.subpathsOfDirectory(atPath: site.backup.path) {
            let path = site.backup.appending(path: name).path
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(try #require(mode) & 0o077 == 0, "\(name)")
        }
    }

    @Test func `is one moment of the log, whatever is written at the same time`() async throws {
        try await site.withLog { log async throws in
            for number in 1...300 { try await site.write("text \(number)", by: site.anna, in: log) }
            let isDone = Guarded(false)
            try await withThrowingTaskGroup { group in
                for writer in 1...8 {
                    group.addTask {
                        var number = 0
                        while !isDone.value {
                            number += 1
                            try await site.write("meanwhile \(writer)/\(number)", by: site.bo, in: log)
                        }
                    }
                }
                let reports = try await (1...3).asyncMap { number in
                    try await site.backUp(log, to: site.directory.appending(path: "backup-\(number)"))
                }
                isDone.update { $0 = true }
                try await group.waitForAll()
                #expect(reports.map(\.head) == reports.map(\.head).sorted())
                #expect(log.head > reports[0].head)
            }
        }
        for number in 1...3 {
            let backup = site.directory.appending(path: "backup-\(number)")
            let note = try String(contentsOf: backup.appending(path: "log/checkpoint"), encoding: .utf8)
            let verification = try LogVerifier(
                path: backup.appending(path: "log/log.sqlite").path, checkpoint: try SignedCheckpoint(note: note)
            ).run()
            #expect(verification.isSound, "\(verification.findings)")
            let restored = site.files(in: "restored-\(number)", keys: "keys")
            _ = try await site.restore(
                LogFiles(data: restored.data, keys: site.files.keys), from: backup)
            let texts = try await site.texts(LogFiles(data: restored.data, keys: site.files.keys))
            #expect(!texts.contains(nil))
            #expect(texts.count >= 300)
        }
    }

    @Test func `goes into a new or an empty directory`() async throws {
        try await site.withLog { log async throws in
            try FileManager.default.createDirectory(at: site.backup, withIntermediateDirectories: true)
            _ = try await site.backUp(log)
            await #expect(throws: BackupUnusable.notEmpty(site.backup.path)) { try await site.backUp(log) }
            let file = site.directory.appending(path: "file")
            try Data("x".utf8).write(to: file)
            await #expect(throws: BackupUnusable.self) { try await site.backUp(log, to: file) }
        }
    }

    @Test func `is an event that names its head, and nobody, and stands in the copy itself`() async throws {
        try await site.withLog { log async throws in
            try await site.write("hej", by: site.anna, in: log)
            let report = try await site.backUp(log)
            let event = try #require(try log.events(in: BackupBegun.stream).last)
            #expect(try BackupBegun(event) == BackupBegun(id: report.id, head: 1))
            #expect(event.actor == .operator && event.subject == nil && event.time == .testStart)
            #expect(report.head == 2)
        }
    }

    @Test func `that could hold what was erased expires when the period is over (P-16.3)`() async throws {
        let period = try #require(Period("P30D"))
        try await site.withLog { log async throws in
            let kept = { (made: Instant) in made.adding(period) }
            #expect(try log.lastBackupExpiry(ofErasedAt: site.time.now, kept: kept) == nil)
            _ = try await site.backUp(log)
            site.time.advance(seconds: 86_400)
            let erased = site.time.now
            #expect(try log.lastBackupExpiry(ofErasedAt: erased, kept: kept) == Instant.testStart.adding(period))
            site.time.advance(seconds: 60)
            _ = try await site.backUp(log, to: site.directory.appending(path: "later"))
            #expect(try log.lastBackupExpiry(ofErasedAt: erased, kept: kept) == Instant.testStart.adding(period))
            let longAfter = erased.adding(period).adding(period)
            #expect(try log.lastBackupExpiry(ofErasedAt: longAfter, kept: kept) == nil)
        }
    }

    @Test func `is named in the ledgers before it can be used`() async throws {
        let report = try await site.withLog { try await site.backUp($0) }
        let log = try LogIdentity(readingFrom: site.files.log)
        for directory in [site.files.keys, site.anchor] {
            #expect(ErasureLedger(directory: directory).names(report.id, log: log))
        }
        let copied = ErasureLedger(directory: site.backup.appending(path: "keys"))
        #expect(!copied.names(report.id, log: log))
    }
}

extension ClosedRange<Int> {
    fileprivate func asyncMap<Value>(_ body: (Int) async throws -> Value) async rethrows -> [Value] {
        var values: [Value] = []
        for number in self { values.append(try await body(number)) }
        return values
    }
}
