import Foundation
import Testing
import Testkit

@testable import Events

@Suite(.clause("P-06.4")) struct `What members have read` {
    let site: BackedUpSite
    init() throws { site = try BackedUpSite() }

    /// Writes a file of that name as a serving site would, and leaves it closed.
    private func read(_ word: String) throws {
        let file = try SQLiteConnection(site.files.reading, .create)
        try file.run("PRAGMA journal_mode=WAL; CREATE TABLE IF NOT EXISTS markers(word TEXT)")
        try file.run("DELETE FROM markers; INSERT INTO markers VALUES ('\(word)'); PRAGMA journal_mode=DELETE")
    }

    private func word(_ files: LogFiles? = nil) throws -> String? {
        try SQLiteConnection((files ?? site.files).reading, .readOnly).text("SELECT word FROM markers")
    }

    private func backUp() async throws { try await site.withLog { _ = try await site.backUp($0) } }

    @Test func `is backed up with the vault, and put back with it alone`() async throws {
        try read("before")
        try await backUp()
        #expect(
            try BackupManifest(.vault, in: site.backup)?.files.keys.sorted() == ["reading.sqlite", "vault.sqlite"])
        #expect(try BackupManifest(.log, in: site.backup)?.files["reading.sqlite"] == nil)
        for part in ["log", "keys"] { try site.lose(site.backup.appending(path: part).path) }
        try site.lose(site.files.vault, site.files.reading)
        #expect(try await site.restore().parts == [.vault])
        #expect(try word() == "before")
    }

    @Test func `stays as it is when it is there, since it may be newer`() async throws {
        try read("before")
        try await backUp()
        try read("after")
        for part in ["log", "keys"] { try site.lose(site.backup.appending(path: part).path) }
        try site.lose(site.files.vault)
        _ = try await site.restore()
        #expect(try word() == "after")
    }

    @Test func `is not missed in a backup from before there was such a file`() async throws {
        try await backUp()
        #expect(try BackupManifest(.vault, in: site.backup)?.files.keys.sorted() == ["vault.sqlite"])
        try site.lose(site.files.data.path, site.files.keys.path)
        _ = try await site.restore()
        #expect(!FileManager.default.fileExists(atPath: site.files.reading))
    }

    @Test func `comes back without the write-ahead log of another file`() async throws {
        try read("before")
        try await backUp()
        try site.lose(site.files.vault, site.files.reading)
        for part in ["log", "keys"] { try site.lose(site.backup.appending(path: part).path) }
        try Data(repeating: 1, count: 4096).write(to: URL(fileURLWithPath: site.files.reading + "-wal"))
        _ = try await site.restore()
        #expect(try word() == "before" && !DatabaseFiles(site.files.reading).hasCompanions)
    }
}
