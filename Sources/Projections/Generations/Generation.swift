package import Accounts
import CSQLite
package import Events
import Foundation
import GRDB
import Synchronization

/// One building of all views: a file of its own, with the position it has reached written in the same transaction as the rows.
package final class Generation: Sendable {
    enum State: String {
        case building, ready
        /// Of an earlier time: never the one in use.
        case past
    }

    let number: Int
    let path: String
    private let readers: DatabasePool
    private let writer: Writer
    private let reached: Atomic<Int>
    private let isRetired = Atomic(false)

    static let readModels = ReadModels([
        MemberDirectory.self, TextAcceptances.self, CorrectionList.self, CategoryList.self, ThreadList.self,
        ThreadPosts.self, AuditTrail.self, RetentionSchedule.self, Appeals.self, ReviewQueue.self,
        ErasureDates.self,
        MailOutcomes.self, NewsletterReaders.self, NewsletterIssues.self,
        ConversationList.self, ReportedMessages.self, CaseList.self, CaseConcerns.self, NotificationList.self,
    ])

    /// What a file says of the read models that made it. A file that says something else is built anew.
    static let code = TextHash(of: "\(GenerationLoad.ownTable)\n\(readModels.fingerprint)").description

    /// Opens a generation that `GenerationLoad` has made.
    convenience init(number: Int, in directory: URL) throws {
        try self.init(number: number, at: Generation.path(number, in: directory))
    }

    /// - Throws: `ViewsDamaged`.
    init(number: Int, at path: String) throws {
        self.number = number
        self.path = path
        let position: Int
        (writer, position, readers) = try ViewsDamaged.guarding(path) {
            let connection = try SQLiteConnection(path, .readWrite)
            try connection.run(
                """
                PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON; PRAGMA cache_size=-16000;
                PRAGMA wal_autocheckpoint=4000;
                """)
            let position = try connection.integer("SELECT position FROM generation") ?? 0
            return (
                Writer(connection, path: path), position,
                try DatabasePool(path: path, configuration: Generation.readerConfiguration)
            )
        }
        reached = Atomic(position)
    }

    /// A retired generation is deleted when its last reader has let go of it.
    deinit {
        try? readers.close()
        if isRetired.load(ordering: .acquiring) { try? DatabaseFiles(path).delete() }
    }

    var position: Int { reached.load(ordering: .acquiring) }

    var moment: ViewsVersion { ViewsVersion(generation: number, position: position) }

    /// Takes in events in one transaction.
    /// - Throws: `ViewsDamaged`; `ProjectionFailure` at the first event that a read model cannot take in; nothing of the batch is kept.
    func apply(_ events: [RecordedEvent], from log: EventLog) throws {
        guard let last = events.last else { return }
        let projected = try events.map { try ProjectedEvent($0, from: log) }
        try change(with: log) { views in
            // An erasure may have brought it further meanwhile.
            let new = projected.drop { $0.recorded.position <= position }
            guard !new.isEmpty else { return }
            var views = views
            for event in new {
                if views.shown == nil, event.isComingIntoForce { try views.adopt(event, from: log) }
                try Generation.readModels.apply(event, to: views)
            }
            try views.run("UPDATE generation SET position = ?", .integer(last.position))
        } then: {
            reached.store(max(last.position, position), ordering: .releasing)
        }
    }

    /// One transaction of the one connection that writes: all of it or nothing.
    /// - Parameter finish: what is true from then on, before anybody else writes.
    func change(
        with log: EventLog, _ body: (ViewWriter) throws -> Void, then finish: () -> Void = {}
    ) throws {
        try writer.use { connection in
            let views = ViewWriter(connection, following: log, showing: try Generation.shown(by: connection))
            try connection.run("BEGIN IMMEDIATE")
            do {
                try body(views)
                try Generation.readModels.flush(views)
                try connection.run("COMMIT")
            } catch {
                try? connection.run("ROLLBACK")
                throw error
            }
            finish()
        }
    }

    /// What the policy version that the rows are made under lets be seen of members; nil before the first.
    var shown: ShownFields? { get throws { try writer.use { try Generation.shown(by: $0) } } }

    private static func shown(by connection: SQLiteConnection) throws -> ShownFields? {
        try connection.text("SELECT shown FROM generation").flatMap(ShownFields.init)
    }

    func markReady() throws { try writer.use { try $0.run("UPDATE generation SET state = 'ready'") } }

    func retire() { isRetired.store(true, ordering: .releasing) }

    /// Puts everything into the main file, which then counts as closed; nothing is read from it any more.
    func close() throws {
        try readers.close()
        try writer.use { connection in
            // While another connection reads, the file stays as it is and is checked at the next start.
            connection.waitForOthers(milliseconds: 100)
            try connection.run("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode=DELETE")
        }
    }

    /// Leaves nothing in the file of rows that were erased: search indices are put together anew, freed pages are overwritten, the WAL is emptied.
    /// - Returns: false while somebody reads an older state.
    func forgetErased() throws -> Bool {
        // Their page caches and the values bound to their statements go with them.
        readers.invalidateReadOnlyConnections()
        return try writer.use { connection in
            guard try connection.integer("PRAGMA secure_delete") == 1 else { return false }
            for index in try connection.searchIndices {
                try connection.run("INSERT INTO \(index)(\(index)) VALUES ('optimize')")
            }
            connection.waitForOthers(milliseconds: 100)
            defer { connection.waitForOthers(milliseconds: SQLiteConnection.usualWait) }
            return try connection.integer("PRAGMA wal_checkpoint(TRUNCATE)") == 0
        }
    }

    /// - Throws: `ViewsDamaged`, and what the query throws.
    func read<Value>(_ query: (Database) throws -> Value) throws -> Value {
        try ViewsDamaged.guarding(path) { try readers.read(query) }
    }

    /// Takes away what an event erases, and writes nothing else of it down: for views that have not come so far.
    static func forget(_ fence: ProjectedEvent, in views: ViewWriter) throws {
        for model in readModels[.erasure] where model != AuditTrail.self { try model.apply(fence, to: views) }
    }

    private static var readerConfiguration: GRDB.Configuration {
        var configuration = GRDB.Configuration()
        configuration.readonly = true
        configuration.maximumReaderCount = 8
        configuration.prepareDatabase { database in
            // Only the connection that writes checkpoints.
            if let handle = database.sqliteConnection {
                _ = csqlite_db_config(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
            }
            // What is read often lies in the system's cache already; each reader's own only costs memory.
            try database.execute(sql: "PRAGMA wal_autocheckpoint=0; PRAGMA cache_size=-500")
        }
        return configuration
    }
}

extension SQLiteConnection {
    /// The FTS5 tables of the file, in quotes.
    fileprivate var searchIndices: [String] {
        get throws {
            try statement(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL TABLE%fts5%'"
            )
            .rows { "\"\($0.text(0))\"" }
        }
    }
}

/// A read model could not take in an event. The views stay before it: an event is never skipped.
package struct ProjectionFailure: Error, CustomStringConvertible, Sendable {
    package let position: Int
    package let type: EventType
    let reason: String

    package var description: String { "the views stopped before position \(position) (\(type)): \(reason)" }
}

extension Generation {
    /// What a file of views says of itself.
    package struct Status: Sendable {
        package let number: Int
        package let isReady: Bool
        package let isOfThisProgram: Bool
        /// Nil in a file of another version of the program, and before the first policy.
        package let shown: ShownFields?
        package let position: Int
        package let bytes: Int
    }

    static func path(_ number: Int, in directory: URL) -> String {
        directory.appending(path: "views-\(number).sqlite").path
    }

    static func numbers(in directory: URL) -> [Int] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: directory.path)) ?? []
        return names.compactMap { $0.wholeMatch(of: /views-(\d+)\.sqlite/).flatMap { Int($0.1) } }.sorted()
    }

    /// Deletes what a process left that ended while it was building, or between the removals of one file.
    static func deleteLeftovers(in directory: URL) throws {
        try DatabaseFiles.deleteOrphans(in: directory) {
            $0.wholeMatch(of: /(views|past)-\d+\.sqlite(\.unfinished)?/) != nil
        }
        for name in try FileManager.default.contentsOfDirectory(atPath: directory.path)
        where name.hasSuffix(GenerationLoad.unfinishedSuffix) {
            try DatabaseFiles(directory.appending(path: name).path).delete()
        }
    }

    /// Reads a file's own account of itself, beside whatever process may be using it.
    static func status(_ number: Int, in directory: URL) throws -> Status {
        let path = path(number, in: directory)
        let connection = try SQLiteConnection.reading(path)
        let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
        let isOfThisProgram = try connection.text("SELECT code FROM generation") == code
        return Status(
            number: number, isReady: try connection.text("SELECT state FROM generation") == State.ready.rawValue,
            isOfThisProgram: isOfThisProgram, shown: try isOfThisProgram ? shown(by: connection) : nil,
            position: try connection.integer("SELECT position FROM generation") ?? 0, bytes: size ?? 0)
    }

    static func files(_ number: Int, in directory: URL) -> DatabaseFiles { DatabaseFiles(path(number, in: directory)) }
}
