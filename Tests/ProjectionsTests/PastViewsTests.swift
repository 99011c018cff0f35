import Events
import Foundation
import GRDB
import Testing
import Testkit

@testable import Projections

@Suite struct `Views of an earlier time` {
    @Test(arguments: [UInt64](1...6))
    func `show what was shown then, minus what is erased since, whenever they are built`(seed: UInt64) async throws {
        try await PastSite.with(seed: seed) { site async throws in
            var moments: [(time: Instant, built: PastViews.Status)] = []
            for _ in 1...4 {
                for _ in 1...40 { try await site.history.step() }
                #expect(await site.views.waitUntil(position: site.log.head, within: .seconds(60)))
                let built = try await site.past.build(asOf: site.time.now, to: nil)
                let then = try site.views.read(Rows.all)
                #expect(try site.rows(of: built) == then)
                moments.append((site.time.now, built))
                // What follows happens later.
                site.time.advance(seconds: 1)
            }
            #expect(await site.views.waitUntil(position: site.log.head, within: .seconds(60)))
            #expect(try site.views.forgetErased(through: site.log.head) == 5)
            for (time, early) in moments {
                let late = try await site.past.build(asOf: time, to: nil)
                #expect(late.position == early.position)
                let (a, b) = (try site.rows(of: early), try site.rows(of: late))
                for (table, rows) in a { #expect(b[table] == rows, "\(table)") }
            }
        }
    }

    @Test func `are never taken for the ones in use`() async throws {
        let site = try TemporarySite()
        try await site.withLog { log async throws in
            let history = GeneratedHistory(in: log, seed: 3, time: TestClock())
            try await history.begin()
            var views = try Views(of: log, in: site.files.data)
            let built = try await #require(views.past).build(asOf: history.time.now, to: nil)
            for _ in 1...20 { try await history.step() }
            views.close()
            try FileManager.default.copyItem(
                at: URL(fileURLWithPath: built.path), to: site.files.data.appending(path: "views-9.sqlite"))
            views = try Views(of: log, in: site.files.data)
            #expect(views.status.generation == 1 && views.status.position == log.head)
            #expect(PastFiles.all(in: site.files.data).map(\.path) == [built.path])
            #expect(!FileManager.default.fileExists(atPath: site.files.data.appending(path: "views-9.sqlite").path))
            views.close()
        }
    }

    @Test func `leave nothing behind when the building is cancelled or the process has ended in it`() async throws {
        try await PastSite.with(seed: 1) { site async throws in
            let out = site.outside.appending(path: "then.sqlite")
            let building = Guarded<Task<PastViews.Status, any Error>?>(nil)
            let (mayStart, start) = AsyncStream.makeStream(of: Void.self)
            let (past, now) = (site.past, site.time.now)
            let task = Task {
                for await _ in mayStart { break }
                return try await past.build(asOf: now, to: out) { _ in building.value?.cancel() }
            }
            building.update { $0 = task }
            start.yield()
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(try FileManager.default.contentsOfDirectory(atPath: site.outside.path) == [])
            #expect(try site.names() == [])

            // As left by a process that ends during a build.
            try Data("half a file".utf8).write(to: site.outside.appending(path: "then.sqlite.unfinished"))
            try FileManager.default.createSymbolicLink(
                atPath: site.directory.appending(path: "past-1.sqlite").path, withDestinationPath: out.path)
            _ = try PastFiles(of: site.log, in: site.directory)
            #expect(try FileManager.default.contentsOfDirectory(atPath: site.outside.path) == [])
            #expect(try site.names() == [])
        }
    }

    @Test func `are refused once something is erased that they do not know of`() async throws {
        try await PastSite.with(seed: 2) { site async throws in
            for _ in 1...10 { try await site.history.step() }
            let built = try await site.past.build(asOf: site.time.now, to: nil)
            let copy = site.outside.appending(path: "copy.sqlite")
            try FileManager.default.copyItem(at: URL(fileURLWithPath: built.path), to: copy)
            let shown = try site.past.show(URL(fileURLWithPath: built.path))
            let views = Views(of: shown)
            #expect(try views.read(Rows.all).isEmpty == false)
            try await site.eraseSomebody()
            #expect(throws: PastViewsUnusable.behindErasures(built.path)) { try views.read(Rows.all) }
            #expect(throws: PastViewsUnusable.behindErasures(copy.path)) { try site.past.show(copy) }
            #expect(await site.views.waitUntil(position: site.log.head, within: .seconds(60)))
            #expect(try site.views.forgetErased(through: site.log.head) == 2)
            #expect(try views.read(Rows.all).isEmpty == false)
            site.past.stopShowing(shown)
        }
    }

    @Test func `wherever they lie, are found by an erasure, and listed, and deleted by their file`() async throws {
        try await PastSite.with(seed: 4) { site async throws in
            let out = site.outside.appending(path: "then.sqlite")
            let built = try await site.past.build(asOf: site.time.now, to: out)
            #expect(built.path == out.path && FileManager.default.fileExists(atPath: out.path))
            #expect(PastFiles.all(in: site.directory).map(\.path) == [out.path])
            await #expect(throws: PastViewsUnusable.fileExists(out.path)) {
                try await site.past.build(asOf: site.time.now, to: out)
            }
            try await site.eraseSomebody()
            #expect(await site.views.waitUntil(position: site.log.head, within: .seconds(60)))
            #expect(try site.views.forgetErased(through: site.log.head) == 2)
            #expect(try PastFiles.all(in: site.directory).first?.fenced == site.log.lastFence())
            let shown = try site.past.show(out)
            #expect(throws: PastViewsUnusable.isShown(out.path)) { try site.past.delete(out) }
            site.past.stopShowing(shown)
            try site.past.delete(out)
            #expect(try FileManager.default.contentsOfDirectory(atPath: site.outside.path) == [])
            #expect(try site.names() == [])
            #expect(throws: PastViewsUnusable.missing(out.path)) { try site.past.delete(out) }
        }
    }

    @Test func `of a time before everything are not made, nor of files that hold something else`() async throws {
        try await PastSite.with(seed: 5) { site async throws in
            let before = Instant(milliseconds: 0)
            await #expect(throws: PastViewsUnusable.nothingThen(before)) {
                try await site.past.build(asOf: before, to: nil)
            }
            let inUse = site.directory.appending(path: "views-1.sqlite")
            #expect(throws: PastViewsUnusable.notOfThePast(inUse.path)) { try site.past.show(inUse) }
            let text = site.outside.appending(path: "text.sqlite")
            try Data("no database".utf8).write(to: text)
            #expect(throws: PastViewsUnusable.notOfThePast(text.path)) { try site.past.show(text) }
            #expect(site.log.head > 0)
            #expect(try site.log.position(at: before) == 0)
            for event in try site.log.events(after: 0, limit: 1000) {
                let last = try #require(
                    try site.log.events(after: site.log.position(at: event.time) - 1, limit: 1).first)
                #expect(last.time == event.time && last.position >= event.position)
            }
        }
    }
}

/// A log with a history, its views, and a separate directory outside.
private struct PastSite {
    let log: EventLog
    let views: Views
    let past: PastFiles
    let history: GeneratedHistory
    let directory: URL
    let outside: URL

    var time: TestClock { history.time }

    static func with(seed: UInt64, _ body: (PastSite) async throws -> Void) async throws {
        let site = try TemporarySite()
        let outside = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
            .appending(path: "past-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: outside, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: outside) }
        try await site.withLog { log async throws in
            let history = GeneratedHistory(in: log, seed: seed, time: TestClock())
            try await history.begin()
            let views = try Views(of: log, in: site.files.data)
            defer { views.close() }
            try await body(
                PastSite(
                    log: log, views: views, past: #require(views.past), history: history, directory: site.files.data,
                    outside: outside))
        }
    }

    func rows(of built: PastViews.Status) throws -> [String: [String]] {
        let shown = try past.show(URL(fileURLWithPath: built.path))
        defer { past.stopShowing(shown) }
        return try Views(of: shown).read(Rows.all)
    }

    func eraseSomebody() async throws {
        time.advance(seconds: 1)
        try await log.erase(
            ErasureRequest(fence: .random(), .owner(Owner(history.members[1]))), command: history.command(),
            by: .system,
            at: time.now)
    }

    /// The names of the past views registered in the data directory.
    func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: directory.path).filter { $0.hasPrefix("past-") }
    }
}

enum Rows {
    static func all(_ views: ViewsSnapshot) throws -> [String: [String]] { try all(views.database) }

    /// Every row of every read model's tables, in an order that does not depend on insertion.
    static func all(_ database: Database) throws -> [String: [String]] {
        let tables = try String.fetchAll(
            database,
            sql: """
                SELECT name FROM sqlite_master
                WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT IN ('generation', 'past')
                """)
        return try Dictionary(
            uniqueKeysWithValues: tables.map { table in
                (table, try Row.fetchAll(database, sql: "SELECT * FROM \(table)").map(\.description).sorted())
            })
    }
}
