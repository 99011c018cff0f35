import CSQLite
import Foundation
import Testing
import Testkit

@testable import Events

@Suite struct `Looking at a log from outside` {
    let site: BackedUpSite

    init() async throws {
        site = try BackedUpSite()
        try await site.withLog { log async throws in
            try await site.write("Anna", by: site.anna, in: log)
            try await site.write("Bo", by: site.bo, in: log)
            try await site.erase(site.anna, in: log)
            _ = try await site.backUp(log)
        }
    }

    /// Every text in a member's own stream is one of her names.
    private static let claims: ClaimsOfEvent = { event in
        try event.text.value.map { [Claim(.username, $0)] } ?? []
    }

    private func found(at time: Instant? = nil) -> [String: Examination] {
        let all = LogExaminations(site.files).all(at: time ?? site.time.now, claims: Self.claims)
        return Dictionary(all.map { ($0.name, $0) }) { first, second in first.verdict == .ok ? second : first }
    }

    private func verdict(_ name: String, at time: Instant? = nil) -> Examination.Verdict? {
        found(at: time)[name]?.verdict
    }

    private func change(_ file: String, _ sql: String) throws { try SQLiteConnection(file, .readWrite).run(sql) }

    @Test func `finds nothing wrong with a sound one, running or not, and leaves nothing behind`() async throws {
        #expect(found().values.filter { $0.verdict == .wrong } == [])
        let names = try FileManager.default.contentsOfDirectory(atPath: site.files.data.path).sorted()
        #expect(names == ["checkpoint", "log.sqlite", "vault.sqlite"])
        try await site.withLog { log async throws in
            try await site.write("medan", by: site.bo, in: log)
            #expect(found().values.filter { $0.verdict == .wrong } == [])
        }
    }

    @Test func `says which library there is and what is in force`() {
        let words = found()["sqlite"]?.words ?? ""
        for expected in [SQLiteConnection.sqliteVersion, "journal_mode=wal", "synchronous=1", "recursive_triggers=1"] {
            #expect(words.contains(expected))
        }
    }

    @Test func `finds an erasure that is not complete, first as a warning and after a day as wrong`() {
        #expect(verdict("erasures") == .warning)
        #expect(verdict("erasures", at: site.time.now.advanced(seconds: 90_000)) == .wrong)
    }

    @Test func `finds keys that are gone without an erasure, and keys that outlived one`() throws {
        let vault = try Data(contentsOf: URL(fileURLWithPath: site.files.vault))
        try change(site.files.vault, "UPDATE keys SET wrapped = NULL WHERE subject IS NOT NULL")
        #expect(found()["vault and log"]?.words.contains("though nothing was erased") == true)
        try vault.write(to: URL(fileURLWithPath: site.files.vault))
        try change(site.files.vault, "UPDATE keys SET wrapped = x'00', subject = 'post:0000000000001' WHERE id = 1")
        #expect(found()["vault and log"]?.words.contains("are still there") == true)
        // A running site is in this state for a moment, between the fence and the destruction of the keys.
        #expect(verdict("vault and log") == .warning)
        #expect(verdict("vault and log", at: site.time.now.advanced(seconds: 90)) == .wrong)
    }

    @Test func `finds a ledger and a log that do not name the same`() throws {
        let ledger = site.files.keys.appending(path: "erasures.ledger")
        try FileManager.default.removeItem(at: ledger)
        #expect(verdict("ledger") == .warning)
        let log = try LogIdentity(readingFrom: site.files.log)
        try Data("\(log.id) \(FenceID.random()) owner member:0000000000009\n".utf8).write(to: ledger)
        #expect(verdict("ledger") == .wrong)
    }

    @Test func `finds keys that others may read`() throws {
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o644], ofItemAtPath: site.files.keys.appending(path: "sign.key").path)
        #expect(verdict("key files") == .wrong)
    }

    @Test func `finds missing keys, a missing vault and a broken file`() throws {
        try site.lose(site.files.keys.appending(path: "master-1.key").path)
        #expect(verdict("keys") == .wrong)
        try Data(repeating: 7, count: 8192).write(to: URL(fileURLWithPath: site.files.vault))
        #expect(verdict("vault") == .wrong)
        try site.lose(site.files.vault)
        #expect(verdict("vault") == .wrong)
    }

    @Test func `finds names that the keys at hand do not find`() async throws {
        try await site.withLog { log async throws in
            _ = try await log.append(
                Note.append(
                    StreamName(site.bo), [Note.sealed("bosse", about: PostID.random(), of: site.bo)],
                    claims: [.take(Claim(.username, "bosse"), Owner(site.bo))]))
            #expect(found()["names"] == Examination("names", .ok, "1 that are taken are found with these keys"))
        }
        let key = site.files.keys.appending(path: "hash-1.key")
        try Data((String(repeating: "0f", count: 32) + "\n").utf8).write(to: key)
        #expect(verdict("names") == .wrong && verdict("keys") == .ok)
    }

    @Test func `counts no name as lost that was released while it looked`() async throws {
        // The log stays open, so that the examination follows its changes.
        try await site.withLog { log async throws in
            _ = try await log.append(
                Note.append(
                    StreamName(site.bo), [Note.sealed("bosse", about: PostID.random(), of: site.bo)],
                    claims: [.take(Claim(.username, "bosse"), Owner(site.bo))]))
            let found = try LogExaminations(site.files).names { _ in
                try SQLiteConnection(site.files.log, .readWrite).run("DELETE FROM claims")
                return []
            }
            #expect(found == Examination("names", .ok, "none is taken yet"))
        }
    }

    @Test func `finds a key that is noted for another subject or another owner`() throws {
        let vault = try Data(contentsOf: URL(fileURLWithPath: site.files.vault))
        for change in ["subject = 'post:0000000000009'", "owner = 'member:0000000000009'"] {
            try self.change(
                site.files.vault, "UPDATE keys SET \(change) WHERE subject IS NOT NULL AND wrapped IS NOT NULL")
            #expect(found()["vault and log"]?.words.contains("noted for somebody else") == true, "\(change)")
            try vault.write(to: URL(fileURLWithPath: site.files.vault))
        }
    }

    @Test func `finds a checkpoint of another history, and one that is not ours`() async throws {
        let note = try String(contentsOfFile: site.files.checkpoint, encoding: .utf8)
        let other = try BackedUpSite()
        try await other.withLog { try await other.write("x", by: other.anna, in: $0) }
        try FileManager.default.removeItem(atPath: site.files.checkpoint)
        try FileManager.default.copyItem(atPath: other.files.checkpoint, toPath: site.files.checkpoint)
        #expect(verdict("checkpoint") == .wrong)
        let lines = note.split(separator: "\n", omittingEmptySubsequences: false)
        let forged = [lines[0], "3"] + lines[2...]
        try forged.joined(separator: "\n").write(toFile: site.files.checkpoint, atomically: true, encoding: .utf8)
        #expect(found()["checkpoint"]?.words.contains("not signed by this site's key") == true)
    }

    @Test func `finds an unfinished restoration, a lost anchor, an old backup and a clock that is behind`() throws {
        try Data("{}".utf8).write(to: URL(fileURLWithPath: site.files.restoring))
        #expect(verdict("restore") == .wrong)
        #expect(verdict("backups") == .ok)
        #expect(verdict("backups", at: site.time.now.advanced(seconds: 3 * 86_400)) == .warning)
        #expect(verdict("clock", at: site.time.now.advanced(seconds: -3600)) == .wrong)
        try site.lose(site.anchor.path)
        #expect(verdict("anchor") == .wrong)
    }
}
