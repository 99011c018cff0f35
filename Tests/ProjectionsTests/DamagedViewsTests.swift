import Events
import Foundation
import GRDB
import Logging
import Testing
import Testkit

@testable import Projections

@Suite struct `A file of views that is damaged` {
    @Test(arguments: ["-wal", "-shm", "-journal"])
    func `is not made of what an earlier file of its name left`(companion: String) async throws {
        try await LeftViews.with { left async throws in
            try left.restore(companion)
            try FileManager.default.removeItem(atPath: left.path)
            let views = try left.open()
            #expect(try left.rows(of: views) == left.rows)
            #expect(try left.integrity() == "ok")
            views.close()
        }
    }

    @Test func `leaves no companions when its main file is gone, whatever its number`() async throws {
        try await LeftViews.with { left async throws in
            let orphan = left.directory.appending(path: "views-7.sqlite-wal").path
            let ofTheLog = left.directory.appending(path: "elsewhere.sqlite-wal").path
            for path in [orphan, ofTheLog] { try Data("left".utf8).write(to: URL(fileURLWithPath: path)) }
            try left.open().close()
            #expect(!FileManager.default.fileExists(atPath: orphan))
            #expect(FileManager.default.fileExists(atPath: ofTheLog))
        }
    }

    @Test func `is built anew at the start when its WAL is gone`() async throws {
        try await LeftViews.with { left async throws in
            try left.restore("")
            let views = try left.open()
            #expect(try left.rows(of: views) == left.rows)
            #expect(left.lines.value == ["views are damaged and are built anew"])
            views.close()
        }
    }

    @Test(arguments: [0, 100, 5000])
    func `is built anew at the start when it is cut short or no database`(bytes: Int) async throws {
        try await LeftViews.with { left async throws in
            try Data(repeating: 7, count: bytes).write(to: URL(fileURLWithPath: left.path))
            let views = try left.open()
            #expect(try left.rows(of: views) == left.rows)
            #expect(left.lines.value == ["views are damaged and are built anew"])
            views.close()
        }
    }

    @Test func `is used again with its own WAL after a kill, without a word`() async throws {
        try await LeftViews.with { left async throws in
            try left.restore("", "-wal")
            let views = try left.open()
            #expect(views.status.generation == 1)
            #expect(try left.rows(of: views) == left.rows)
            #expect(left.lines.value.isEmpty)
            views.close()
        }
    }

    @Test func `is found in the background after a kill, and another takes its place`() async throws {
        try await LeftViews.with { left async throws in
            try left.restore("", "-wal")
            try left.damageLastPage()
            let views = try left.open()
            try await left.untilReplaced(views)
            #expect(try left.rows(of: views) == left.rows)
            views.close()
        }
    }

    @Test func `shows no rows from the first sign on, until another is in its place`() async throws {
        try await LeftViews.with { left async throws in
            let views = try left.open()
            try left.damageEveryPage()
            #expect(throws: ViewsDamaged.self) { try left.rows(of: views) }
            try await left.untilReplaced(views)
            #expect(views.status.generation == 2 && !views.status.isDamaged)
            #expect(try left.rows(of: views) == left.rows)
            #expect(Generation.numbers(in: left.directory) == [2])
            views.close()
        }
    }

    @Test func `is replaced when it is the writer that meets the damage`() async throws {
        try await LeftViews.with { left async throws in
            let views = try left.open()
            try left.damageEveryPage()
            for _ in 1...20 { try await left.history.step() }
            try await left.untilReplaced(views)
            #expect(await views.waitUntil(position: left.log.head, within: .seconds(60)))
            _ = try left.rows(of: views)
            views.close()
        }
    }

    @Test func `of an earlier time is refused, with words that say what to do`() async throws {
        try await LeftViews.with { left async throws in
            let views = try left.open()
            let past = try #require(views.past)
            let built = try await past.build(asOf: left.history.time.now, to: nil)
            try left.overwrite(built.path, from: 1)
            #expect(throws: PastViewsUnusable.damaged(built.path)) { try past.show(URL(fileURLWithPath: built.path)) }
            views.close()
        }
    }
}

@Suite struct `Views that have stopped` {
    @Test func `go on by themselves when the cause is over, though nothing is written`() async throws {
        try await LeftViews.with { left async throws in
            let projector = try Projector(
                log: left.log, directory: left.directory, logger: left.logger, retryDelay: .milliseconds(1)
            ) { _ in }
            let views = Views(projector)
            // Any cause will do; here another connection holds the lock.
            try projector.current.change(with: left.log) { $0.connection.waitForOthers(milliseconds: 0) }
            let other = try SQLiteConnection(left.path, .readWrite)
            try other.run("BEGIN IMMEDIATE")
            for _ in 1...5 { try await left.history.step() }
            while views.status.failure == nil { await Task.yield() }
            try other.run("ROLLBACK")
            #expect(await views.waitUntil(position: left.log.head, within: .seconds(60)))
            views.close()
        }
    }
}

/// A log with views that were closed in order, and copies of the files as they would be after a kill.
private final class LeftViews {
    let log: EventLog
    let directory: URL
    let history: GeneratedHistory
    private let kept: URL
    private(set) var rows: [String: [String]] = [:]
    let lines = Guarded<[String]>([])

    var path: String { directory.appending(path: "views-1.sqlite").path }

    var logger: Logger {
        Logger(label: "test") { [lines] _ in LineHandler(lines: lines) }
    }

    static func with(_ body: (LeftViews) async throws -> Void) async throws {
        let site = try TemporarySite()
        try await site.withLog { log async throws in
            let left = LeftViews(log, site.files.data)
            try await left.fill()
            defer { try? FileManager.default.removeItem(at: left.kept) }
            try await body(left)
        }
    }

    private init(_ log: EventLog, _ directory: URL) {
        self.log = log
        self.directory = directory
        history = GeneratedHistory(in: log, seed: 5, time: TestClock())
        kept = FileManager.default.temporaryDirectory.appending(path: "left-\(UUID().uuidString)")
    }

    private func fill() async throws {
        try FileManager.default.createDirectory(at: kept, withIntermediateDirectories: true)
        let views = try open()
        try await history.begin()
        for _ in 1...120 { try await history.step() }
        #expect(await views.waitUntil(position: log.head, within: .seconds(60)))
        rows = try rows(of: views)
        for suffix in ["", "-wal", "-shm"] {
            try FileManager.default.copyItem(
                atPath: path + suffix, toPath: kept.appending(path: "views\(suffix)").path)
        }
        try FileManager.default.copyItem(
            at: kept.appending(path: "views-wal"), to: kept.appending(path: "views-journal"))
        views.close()
    }

    func open() throws -> Views { try Views(of: log, in: directory, logger: logger) }

    func rows(of views: Views) throws -> [String: [String]] { try views.read(Rows.all) }

    func integrity() throws -> String? { try SQLiteConnection(path, .readOnly).text("PRAGMA integrity_check(1)") }

    /// Puts back a file as it was while the views were open.
    func restore(_ suffixes: String...) throws {
        for suffix in suffixes {
            try? FileManager.default.removeItem(atPath: path + suffix)
            try FileManager.default.copyItem(
                atPath: kept.appending(path: "views\(suffix)").path, toPath: path + suffix)
        }
    }

    /// Damages a page that opening the views does not read, in a file with an empty WAL.
    func damageLastPage() throws {
        try SQLiteConnection(path, .readWrite).run("PRAGMA wal_checkpoint(TRUNCATE)")
        try Data().write(to: URL(fileURLWithPath: path + "-wal"))
        let size = try #require(try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int)
        try overwrite(path, from: size / 4096 - 1)
    }

    func damageEveryPage() throws { try overwrite(path, from: 1) }

    func overwrite(_ path: String, from page: Int) throws {
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
        let end = Int(try file.seekToEnd())
        for offset in stride(from: page * 4096, to: end, by: 4096) {
            try file.seek(toOffset: UInt64(offset))
            try file.write(contentsOf: Data(repeating: 0xFF, count: 4096))
        }
        try file.close()
    }

    func untilReplaced(_ views: Views) async throws {
        while views.status.generation == 1 || views.status.isDamaged { try await Task.sleep(for: .milliseconds(1)) }
    }
}

private struct LineHandler: LogHandler {
    let lines: Guarded<[String]>
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level = .warning

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) { lines.update { $0.append("\(event.message)") } }
}
