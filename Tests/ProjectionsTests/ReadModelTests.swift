import Events
import Foundation
import GRDB
import Testing
import Testkit

@testable import Projections

@Suite struct `Read models say when they change` {
    @Test func `kept histories lead to the same rows, unless a model has another version`() async throws {
        let (built, kept) = (try await ReadModelRows.built(), try? ReadModelRows.kept())
        if ReadModelRows.writes {
            try #require(
                kept.map(built.mayReplace) != false,
                "a model makes other rows of the same events: raise its version first; the test without WRITE_READ_MODELS names it"
            )
            return try built.keep()
        }
        for name in Set(built.models.keys).union(kept?.models.keys.map(\.self) ?? []).sorted() {
            let complaint = built.complaint(about: name, comparedWith: kept ?? ReadModelRows())
            #expect(complaint == nil, "\(complaint ?? "")")
        }
    }

    @Test func `a changed row is found while the version is the same, and not when it is raised`() {
        let model = { (version: Int, rows: String) in
            ReadModelRows(models: [
                "ThreadList": .init(version: version, fingerprint: "of \(version)", rows: ["then": rows])
            ])
        }
        let kept = model(1, "a")
        #expect(kept.complaint(about: "ThreadList", comparedWith: kept) == nil)
        let forgotten = model(1, "b")
        #expect(
            forgotten.complaint(about: "ThreadList", comparedWith: kept)?.contains("raise `ThreadList.version` to 2")
                == true)
        #expect(!forgotten.mayReplace(kept))
        let raised = model(2, "b")
        #expect(raised.complaint(about: "ThreadList", comparedWith: kept)?.contains("write the digests anew") == true)
        #expect(raised.mayReplace(kept) && raised.complaint(about: "ThreadList", comparedWith: raised) == nil)
    }

    @Test func `every table has a row in some kept history, so that its digest says something`() async throws {
        let filled = try await ReadModelRows.built().filledTables
        for model in Generation.readModels.all {
            for table in try model.tableNames {
                #expect(filled.contains(table), "\(table): tell of it in `tellWhatIsRare` and keep another history")
            }
        }
    }

    @Test func `every table belongs to one model`() throws {
        var owners: [String: [String]] = [:]
        for model in Generation.readModels.all {
            for table in try model.tableNames { owners[table, default: []].append(String(describing: model)) }
        }
        #expect(owners.values.allSatisfy { $0.count == 1 } && owners.count > 30)
    }

    @Test func `the fingerprint changes with a table, an index and a version, not with a comment or the order`() {
        #expect(Changed.Plain.fingerprint == Changed.Reworded.fingerprint)
        let others = [Changed.OtherTable.fingerprint, Changed.OtherIndex.fingerprint, Changed.Raised.fingerprint]
        #expect(Set([Changed.Plain.fingerprint] + others).count == 4)
        let models = Generation.readModels
        #expect(models.fingerprint == ReadModels(models.all.shuffled()).fingerprint)
        #expect(models.fingerprint != ReadModels(Array(models.all.prefix(3))).fingerprint)
    }

    @Test(arguments: ["19", String(repeating: "0", count: 64)])
    func `a file of another code is built anew once`(code: String) async throws {
        let site = try TemporarySite()
        try await site.withLog { log async throws in
            try await GeneratedHistory(in: log, seed: 1, time: TestClock()).begin()
            try Views(of: log, in: site.files.data).close()
            let path = Views.path(ofGeneration: 1, in: site.files.data)
            if code.count < 64 {
                // As before the code had a fingerprint.
                try SQLiteConnection(path, .readWrite).run(
                    """
                    CREATE TABLE other(state TEXT NOT NULL, code INTEGER NOT NULL, position INTEGER NOT NULL, shown TEXT) STRICT;
                    INSERT INTO other SELECT state, \(code), position, shown FROM generation;
                    DROP TABLE generation; ALTER TABLE other RENAME TO generation;
                    """)
            } else {
                try SQLiteConnection(path, .readWrite).run("UPDATE generation SET code = '\(code)'")
            }
            #expect(try Views.files(in: site.files.data).map(\.isOfThisProgram) == [false])
            let builds = Guarded(0)
            for _ in 1...3 {
                let views = try Views(of: log, in: site.files.data) { step in
                    if step.done == step.total { builds.update { $0 += 1 } }
                }
                #expect(views.status.position == log.head)
                views.close()
            }
            #expect(builds.value == 1)
            #expect(try Views.files(in: site.files.data).map(\.isOfThisProgram) == [true])
        }
    }
}

@Suite struct `The order of read models` {
    @Test func `puts each behind those that it comes after, however they are given`() {
        for _ in 1...20 {
            let models = ReadModels(Generation.readModels.all.shuffled()).all
            #expect(models.count == Generation.readModels.all.count)
            for (place, model) in models.enumerated() {
                for earlier in model.after { #expect(models[..<place].contains { $0 == earlier }) }
            }
        }
    }

    @Test(arguments: [UInt64](1...2))
    func `makes no difference but for what is declared`(seed: UInt64) async throws {
        let site = try TemporarySite()
        try await site.withLog { log async throws in
            let history = GeneratedHistory(in: log, seed: seed, time: TestClock())
            try await history.begin()
            for _ in 1...160 { try await history.step() }
            try compareOrders(of: log, in: site.files.data, seed: seed)
        }
    }

    @Test(arguments: try KeptHistory.all())
    func `makes no difference to a kept history either`(history: KeptHistory) async throws {
        let files = try history.copied()
        defer { try? FileManager.default.removeItem(at: files.data) }
        let log = try EventLog(files)
        try await closing(with: log.close) { try compareOrders(of: log, in: files.data, seed: 1) }
    }

    private func compareOrders(of log: EventLog, in directory: URL, seed: UInt64) throws {
        var dice = SeededGenerator(seed: seed)
        let projected = try log.events(after: 0, limit: log.head).map { try ProjectedEvent($0, from: log) }
        let models = Generation.readModels.all
        let orders = [models, models.reversed()] + (1...6).map { _ in models.shuffled(using: &dice) }
        let rows = try orders.enumerated().map { number, models in
            let path = directory.appending(path: "order-\(number)").path
            try fill(path, ReadModels(models), with: projected, log)
            return try DatabaseQueue(path: path).read(Rows.all)
        }
        for other in rows.dropFirst() {
            for (table, rows) in rows[0] { #expect(other[table] == rows, "\(table)") }
        }
    }

    private func fill(_ path: String, _ models: ReadModels, with events: [ProjectedEvent], _ log: EventLog) throws {
        let connection = try SQLiteConnection(path, .create)
        try connection.run("BEGIN")
        try models.makeTables(in: connection)
        let writer = ViewWriter(connection, following: log, showing: nil)
        for (number, event) in events.enumerated() {
            try models.apply(event, to: writer)
            // From time to time, as a commit does.
            if number % 50 == 0 { try models.flush(writer) }
        }
        try models.flush(writer)
        try models.makeIndices(in: connection)
        try connection.run("COMMIT")
    }
}

private enum Changed {
    enum Plain: Unmoved {
        static let tables = "CREATE TABLE things(id INTEGER PRIMARY KEY, name TEXT) STRICT;"
    }
    enum Reworded: Unmoved {
        static let tables = """
            CREATE TABLE things(id INTEGER PRIMARY KEY,
              -- What they are called.
              name TEXT) STRICT;
            """
    }
    enum OtherTable: Unmoved {
        static let tables = "CREATE TABLE things(id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;"
    }
    enum OtherIndex: Unmoved {
        static let tables = Plain.tables
        static let indices = "CREATE INDEX things_by_name ON things(name);"
    }
    enum Raised: Unmoved {
        static let version = 2
        static let tables = Plain.tables
    }
}

/// A model that ignores every event.
private protocol Unmoved: ReadModel {}

extension Unmoved {
    static var version: Int { 1 }
    static var sources: Set<ProjectedEvent.Source> { [] }
    static func apply(_ event: ProjectedEvent, to views: ViewWriter) {}
}
