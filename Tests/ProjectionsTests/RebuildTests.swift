import Events
import Foundation
import GRDB
import Testing
import Testkit

@testable import Projections

@Suite struct `Views that are rebuilt` {
    @Test(arguments: [UInt64](1...8))
    func `are the same as views that followed every event`(seed: UInt64) async throws {
        let site = try TemporarySite()
        let time = TestClock()
        try await site.withLog { log async throws in
            let history = GeneratedHistory(in: log, seed: seed, time: time)
            // One process follows the first half, the next process the rest.
            var views = try Views(of: log, in: site.files.data)
            try await history.begin()
            for _ in 1...120 { try await history.step() }
            #expect(await views.waitUntil(position: log.head, within: .seconds(60)))
            views.close()
            views = try Views(of: log, in: site.files.data)
            for _ in 1...120 { try await history.step() }
            #expect(await views.waitUntil(position: log.head, within: .seconds(60)))
            let followed = try views.read { try rows($0.database) }
            let before = views.version
            _ = try await views.rebuild()
            #expect(views.version.generation > before.generation && views.version.position == before.position)
            let rebuilt = try views.read { try rows($0.database) }
            #expect(followed.keys == rebuilt.keys && followed.keys.contains("posts"))
            for (table, rows) in followed { #expect(rebuilt[table] == rows, "\(table)") }
            views.close()
        }
    }

    @Test func `are refused once they are closed, and given up when they are closed meanwhile`() async throws {
        let site = try TemporarySite()
        try await site.withLog { log async throws in
            let history = GeneratedHistory(in: log, seed: 1, time: TestClock())
            try await history.begin()
            let views = try Views(of: log, in: site.files.data)
            let wasClosed = Guarded(false)
            await #expect(throws: RebuildRefusal.closed) {
                _ = try await views.rebuild { _ in
                    guard !wasClosed.value else { return }
                    wasClosed.update { $0 = true }
                    views.close()
                }
            }
            await #expect(throws: RebuildRefusal.closed) { _ = try await views.rebuild() }
        }
    }

    @Test func `end every wait for them when its time is over, however short it is`() async throws {
        let site = try TemporarySite()
        try await site.withLog { log async throws in
            let views = try Views(of: log, in: site.files.data)
            for _ in 1...2000 {
                let isReached = await views.waitUntil(position: log.head + 1, within: .nanoseconds(1))
                #expect(!isReached)
            }
            views.close()
        }
    }

    @Test(arguments: [UInt64](1...4))
    func `are the same as if every read model were told of every event, not only of those it says it listens to`(
        seed: UInt64
    ) async throws {
        let site = try TemporarySite()
        try await site.withLog { log async throws in
            let history = GeneratedHistory(in: log, seed: seed, time: TestClock())
            try await history.begin()
            for _ in 1...160 { try await history.step() }
            let views = try Views(of: log, in: site.files.data)
            defer { views.close() }
            let path = site.files.data.appending(path: "told-of-everything").path
            let connection = try SQLiteConnection(path, .create)
            let models = Generation.readModels
            try connection.run("BEGIN")
            try models.makeTables(in: connection)
            let writer = ViewWriter(connection, following: log, showing: nil)
            for event in try log.events(after: 0, limit: log.head) {
                let projected = try ProjectedEvent(event, from: log)
                for model in models.all { try model.apply(projected, to: writer) }
            }
            try models.flush(writer)
            try models.makeIndices(in: connection)
            try connection.run("COMMIT")
            let told = try rows(at: path)
            for (table, rows) in try views.read({ try rows($0.database) }) where table != "generation" {
                #expect(told[table] == rows, "\(table)")
            }
        }
    }

    @Test func `leave nothing behind when the building is cancelled or the process has ended in it`() async throws {
        let site = try TemporarySite()
        try await site.withLog { log async throws in
            try await GeneratedHistory(in: log, seed: 1, time: TestClock()).begin()
            let left = site.files.data.appending(path: "views-7.sqlite.unfinished")
            try Data("half a file".utf8).write(to: left)
            let views = try Views(of: log, in: site.files.data)
            #expect(!FileManager.default.fileExists(atPath: left.path))
            let before = views.version
            let building = Guarded<Task<Rebuilt, any Error>?>(nil)
            let (mayStart, start) = AsyncStream.makeStream(of: Void.self)
            let task = Task {
                for await _ in mayStart { break }
                return try await views.rebuild { _ in building.value?.cancel() }
            }
            building.update { $0 = task }
            start.yield()
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(views.version == before)
            let files = try FileManager.default.contentsOfDirectory(atPath: site.files.data.path)
            #expect(
                files.filter { $0.hasPrefix("views-") && !$0.contains("-wal") && !$0.contains("-shm") } == [
                    "views-1.sqlite"
                ])
            _ = try await views.rebuild()
            #expect(views.version.position == before.position && views.version != before)
            views.close()
        }
    }

    private func rows(at path: String) throws -> [String: [String]] { try DatabaseQueue(path: path).read(rows) }

    /// Every row of every table, in an order that does not depend on insertion.
    private func rows(_ database: Database) throws -> [String: [String]] {
        let tables = try String.fetchAll(
            database, sql: "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        return try Dictionary(
            uniqueKeysWithValues: tables.map { table in
                (table, try Row.fetchAll(database, sql: "SELECT * FROM \(table)").map(\.description).sorted())
            })
    }
}
