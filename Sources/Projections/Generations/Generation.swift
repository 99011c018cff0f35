package import Accounts
import CSQLite
package import Events
import Foundation
import GRDB
import Synchronization

/// One build of all views: a separate file, in which the position is written in the same transaction as the rows.
package final class Generation: Sendable {
    enum State: String {
        case building, ready
        /// Views of an earlier time: never the generation in use.
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

    /// Identifies the read models that made a file; a file with another code is rebuilt.
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

    /// A retired generation's file is deleted when its last reader releases it.
    deinit {
        try? readers.close()
        if isRetired.load(ordering: .acquiring) { try? DatabaseFiles(path).delete() }
    }

    var position: Int { reached.load(ordering: .acquiring) }

    var moment: ViewsVersion { ViewsVersion(generation: number, position: position) }

    /// Applies events in one transaction.
    /// - Throws: `ViewsDamaged`; `ProjectionFailure` at the first event that a read model cannot apply. Nothing of the batch is stored.
    func apply(_ events: [RecordedEvent], from log: EventLog) throws {
        guard let last = events.last else { return }
        let projected = try events.map { try ProjectedEvent($0, from: log) }
        try change(with: log) { views in
            // An erasure may have advanced the generation since the events were read.
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

    /// Runs `body` in one transaction of the only connection that writes: all of it or nothing.
    /// - Parameter finish: updates the state in memory after the commit, before any other write.
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

    /// The member fields visible under the policy version that the rows are built by; nil before the first version.
    var shown: ShownFields? { get throws { try writer.use { try Generation.shown(by: $0) } } }

    private static func shown(by connection: SQLiteConnection) throws -> ShownFields? {
        try connection.text("SELECT shown FROM generation").flatMap(ShownFields.init)
    }

    func markReady() throws { try writer.use { try $0.run("UPDATE generation SET state = 'ready'") } }

    func retire() { isRetired.store(true, ordering: .releasing) }

    /// Checkpoints everything into the main file, which then counts as closed; no read may follow.
    func close() throws {
        try readers.close()
        try writer.use { connection in
            // While another connection reads, the file stays as it is and is checked at the next start.
            connection.waitForOthers(milliseconds: 100)
            try connection.mergeWriteAheadLog()
        }
    }

    /// Leaves no trace of erased rows in the file: search indices are merged, freed pages are overwritten, the WAL is emptied.
    /// - Returns: false while a reader uses an older snapshot.
    func forgetErased() throws -> Bool {
        // This drops the readers' page caches and the values bound to their statements.
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

    /// Applies only the deletions of an erasure, without recording its event: for views that have not reached its position.
    static func forget(_ fence: ProjectedEvent, in views: ViewWriter) throws {
        for model in readModels[.erasure] where model != AuditTrail.self { try model.apply(fence, to: views) }
    }

    private static var readerConfiguration: GRDB.Configuration {
        var configuration = GRDB.Configuration()
        configuration.readonly = true
        configuration.maximumReaderCount = 8
        configuration.prepareDatabase { database in
            // Only the connection that writes may checkpoint.
            if let handle = database.sqliteConnection {
                _ = csqlite_db_config(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
            }
            // The pages read are often in the system's cache already; a larger cache per reader only costs memory.
            try database.execute(sql: "PRAGMA wal_autocheckpoint=0; PRAGMA cache_size=-500")
        }
        return configuration
    }
}

extension SQLiteConnection {
    /// The file's FTS5 tables, quoted.
    fileprivate var searchIndices: [String] {
        get throws {
            try statement(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL TABLE%fts5%'"
            )
            .rows { "\"\($0.text(0))\"" }
        }
    }
}

/// A read model could not apply an event. The views stay before it: an event is never skipped.
package struct ProjectionFailure: Error, CustomStringConvertible, Sendable {
    package let position: Int
    package let type: EventType
    let reason: String

    package var description: String { "the views stopped before position \(position) (\(type)): \(reason)" }
}

extension Generation {
    /// What a view file records about itself.
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

    /// Deletes the files of a process that ended during a build, or between the deletions of one database's files.
    static func deleteLeftovers(in directory: URL) throws {
        try DatabaseFiles.deleteOrphans(in: directory) {
            $0.wholeMatch(of: /(views|past)-\d+\.sqlite(\.unfinished)?/) != nil
        }
        for name in try FileManager.default.contentsOfDirectory(atPath: directory.path)
        where name.hasSuffix(GenerationLoad.unfinishedSuffix) {
            try DatabaseFiles(directory.appending(path: name).path).delete()
        }
    }

    /// Reads what a file records about itself, also while another process uses it.
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
