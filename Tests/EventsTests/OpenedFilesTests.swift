import Foundation
import Testing
import Testkit

@testable import Events

@Suite struct `The files of an open log` {
    let site: TemporarySite
    init() throws { site = try TemporarySite() }

    @Test func `are another process's to write to only when the first has ended, whatever is removed`() throws {
        let lock = try DirectoryLock(site.files)
        for name in try FileManager.default.contentsOfDirectory(atPath: site.files.data.path) {
            try FileManager.default.removeItem(at: site.files.data.appending(path: name))
        }
        #expect(throws: LogUnusable.inUse(site.files.data.path)) { try DirectoryLock(site.files) }
        withExtendedLifetime(lock) {}
    }

    @Test(arguments: ["log.sqlite", "log.sqlite-wal", "log.sqlite-shm", "vault.sqlite", "vault.sqlite-wal"])
    func `are written to only while they are the ones on disk`(name: String) async throws {
        try await site.withLog { log async throws in
            _ = try await log.append(Note.append(stream(1), [Note.clear(1)]))
            let path = site.files.data.appending(path: name).path
            let aside = path + ".aside"
            try FileManager.default.moveItem(atPath: path, toPath: aside)
            await #expect(throws: AppendFailure.fileReplaced) {
                try await log.append(Note.append(stream(1), [Note.clear(2)]))
            }
            try FileManager.default.copyItem(atPath: aside, toPath: path)
            await #expect(throws: AppendFailure.fileReplaced) {
                try await log.append(Note.append(stream(1), [Note.clear(3)]))
            }
            try FileManager.default.removeItem(atPath: path)
            try FileManager.default.moveItem(atPath: aside, toPath: path)
            #expect(try await log.append(Note.append(stream(1), [Note.clear(4)])).last == 2)
        }
    }

    @Test func `are never said to be missing, or damaged, when the system only lets nobody open them`() throws {
        let file = site.files.data.appending(path: "a file")
        try Data().write(to: file)
        let below = LogFiles(data: file)
        #expect(throws: LogUnusable.unreachable(below.log, reason: "Not a directory")) {
            try LogUnusable.requireLog(at: below.log)
        }
        #expect(throws: LogUnusable.unreachable(below.log, reason: "Not a directory")) {
            try LogIdentity(readingFrom: below.log)
        }
        #expect(throws: LogUnusable.unreachable(file.path, reason: "Not a directory")) { try DirectoryLock(below) }
        let none = LogFiles(data: site.files.data.appending(path: "none"))
        #expect(throws: LogUnusable.noLog(none.log)) { try LogIdentity(readingFrom: none.log) }
    }

    @Test func `begin without what an earlier file of the same name left`() throws {
        let path = site.files.data.appending(path: "new.sqlite").path
        let unfinished = DatabaseFiles(path + ".unfinished")
        do {
            let other = try SQLiteConnection(path, .create)
            try other.run("PRAGMA journal_mode=WAL; CREATE TABLE old(a); INSERT INTO old VALUES (1)")
            try FileManager.default.copyItem(atPath: path + "-wal", toPath: path + "-kept")
        }
        try DatabaseFiles(path).delete()
        try FileManager.default.moveItem(atPath: path + "-kept", toPath: path + "-wal")
        try SQLiteConnection(unfinished.path, .create).run("CREATE TABLE new(a)")
        try DatabaseFiles(path).replace(with: unfinished)
        let names = try SQLiteConnection(path, .readOnly).statement("SELECT name FROM sqlite_schema").rows {
            $0.text(0)
        }
        #expect(names == ["new"])
        #expect(DatabaseFiles(path).state == .closed)
    }
}

@Suite struct `Ids that commands give` {
    @Test func `use every bit of the hash where no stream of their own refuses one that is taken`() {
        let commands = (1...60_000).map { CommandID(named: "outdated \($0)", at: Instant(milliseconds: 0)) }
        #expect(Set(commands.map { FenceID(createdBy: $0) }).count == commands.count)
        #expect(Set(commands.map { CaseID(createdBy: $0) }).count == commands.count)
        #expect(Set(commands.map { MessageID(createdBy: $0) }).count == commands.count)
    }
}
