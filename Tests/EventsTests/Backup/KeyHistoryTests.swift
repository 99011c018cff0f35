import Foundation
import Testing
import Testkit

@testable import Events

@Suite struct `The history of the keys` {
    let site: BackedUpSite
    init() throws { site = try BackedUpSite() }

    private func rotate(_ log: EventLog) async throws {
        _ = try await log.rotateKeys(claims: { _ in [] }, by: .operator, at: site.time.now)
    }

    @Test func `says since when which keys are in use, which are left, and whether a backup has them`() async throws {
        try await site.withLog { log async throws in
            try await site.write("Anna", by: site.anna, in: log)
            var history = try log.keyHistory()
            #expect(history.epoch == 1 && history.since == .testStart && history.backedUp == nil)
            site.time.advance(seconds: 60)
            _ = try await site.backUp(log)
            #expect(try log.keyHistory().backedUp == site.time.now)
            try await rotate(log)
            history = try log.keyHistory()
            #expect(history.epoch == 2 && history.since == site.time.now && history.backedUp == nil)
            #expect(history.replaced.map(\.epoch) == [1])
            _ = try await site.backUp(log, to: site.directory.appending(path: "second"))
            #expect(try log.keyHistory().backedUp == site.time.now)
            #expect(try LogExaminations(site.files).keyHistory() == log.keyHistory())
        }
    }

    @Test func `counts no backup that was not finished`() async throws {
        try await site.withLog { log async throws in
            try await site.write("Anna", by: site.anna, in: log)
            _ = try await log.append(
                Append(
                    command: CommandID(at: site.time.now), actor: .operator, time: site.time.now,
                    streams: [
                        StreamAppend(
                            BackupBegun.stream, expected: .any,
                            encoded: [BackupBegun(id: .random(), head: 1).encoded()])
                    ]))
            #expect(try log.keyHistory().backedUp == nil)
        }
    }

    @Test func `believes in a copy made by hand only when it has the keys in use`() async throws {
        try await site.withLog { log async throws in
            try await site.write("Anna", by: site.anna, in: log)
            let copy = site.directory.appending(path: "copy")
            func confirm(_ directory: URL) async throws -> Int {
                try await log.confirmKeysBackup(in: directory, by: .operator, at: site.time.now)
            }
            await #expect(throws: KeysNotBackedUp.original(site.files.keys.path)) { try await confirm(site.files.keys) }
            await #expect(throws: KeysNotBackedUp.unreadable(copy.path + "/master-1.key")) { try await confirm(copy) }
            try FileManager.default.copyItem(at: site.files.keys, to: copy)
            #expect(try await confirm(copy) == 1)
            #expect(try log.keyHistory().backedUp == site.time.now)
            try await rotate(log)
            #expect(try log.keyHistory().backedUp == nil)
            await #expect(throws: KeysNotBackedUp.unreadable(copy.path + "/master-2.key")) { try await confirm(copy) }
            try Data("no key".utf8).write(to: copy.appending(path: "master-2.key"))
            await #expect(throws: KeysNotBackedUp.differs(copy.path + "/master-2.key")) { try await confirm(copy) }
            try FileManager.default.removeItem(at: copy)
            try FileManager.default.copyItem(at: site.files.keys, to: copy)
            #expect(try await confirm(copy) == 2)
            #expect(try log.keyHistory().backedUp == site.time.now)
        }
    }
}
