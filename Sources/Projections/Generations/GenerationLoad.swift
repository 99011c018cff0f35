import Accounts
import Events
import Foundation

/// Builds a new generation: applies all events so far in one transaction, to a file without readers.
///
/// Until it is complete the file has a temporary name, and a file of that name is worthless. So there is no journal, nothing is synced
/// before the end, and the indices that only queries need are created after the rows.
enum GenerationLoad {
    /// Applies the events up to a position, or to the current head of the log.
    /// - Parameter draft: the visible member fields; nil for those of the policy in force at that position.
    /// - Throws: `ProjectionFailure`, and whatever `report` throws to cancel. No file is left then.
    static func build(
        _ number: Int, in directory: URL, from log: EventLog, through position: Int? = nil,
        showing draft: ShownFields? = nil,
        _ report: (RebuildProgress) throws -> Void
    ) throws -> Generation {
        let path = Generation.path(number, in: directory)
        try load(path, from: log, through: position ?? log.head, as: .building, showing: draft, report)
        return try Generation(number: number, in: directory)
    }

    /// Creates the file, which gets its final name when it is complete.
    /// - Parameter finish: writes what else the file contains, before the commit.
    static func load(
        _ path: String, from log: EventLog, through position: Int, as state: Generation.State,
        showing draft: ShownFields? = nil, _ report: (RebuildProgress) throws -> Void,
        finish: (ViewWriter) throws -> Void = { _ in }
    ) throws {
        let unfinished = DatabaseFiles(path + unfinishedSuffix)
        try unfinished.delete()
        do {
            try fill(unfinished.path, from: log, through: position, as: state, showing: draft, report, finish)
            try DatabaseFiles(path).replace(with: unfinished)
        } catch {
            try? unfinished.delete()
            throw error
        }
    }

    /// What a file records about itself. Every version of the program reads `state`, `code` and `position` under these names.
    static let ownTable = """
        CREATE TABLE generation(state TEXT NOT NULL, code TEXT NOT NULL, position INTEGER NOT NULL, shown TEXT) STRICT;
        """

    static let unfinishedSuffix = ".unfinished"

    private static func fill(
        _ path: String, from log: EventLog, through head: Int, as state: Generation.State, showing draft: ShownFields?,
        _ report: (RebuildProgress) throws -> Void, _ finish: (ViewWriter) throws -> Void
    ) throws {
        let shown = try draft ?? ShownFields.inForce(in: log, through: head)
        let connection = try SQLiteConnection(path, .create)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        // The only commit syncs the file.
        try connection.run(
            """
            PRAGMA journal_mode=OFF; PRAGMA synchronous=FULL; PRAGMA locking_mode=EXCLUSIVE; PRAGMA secure_delete=ON;
            PRAGMA cache_size=-64000; PRAGMA threads=1; BEGIN;
            \(ownTable)
            """)
        let models = Generation.readModels
        try models.makeTables(in: connection)
        let views = ViewWriter(connection, following: log, showing: shown)
        try EventsAhead(log, through: head).forEachBatch { events in
            for event in events { try models.apply(event, to: views) }
            if views.isFull { try models.flush(views) }
            if let last = events.last { try report(RebuildProgress(done: last.recorded.position, total: head)) }
        }
        try models.flush(views)
        // An index is sorted in runs of this size, by SQLite's second thread while the next run is read.
        try connection.run("PRAGMA cache_size=-1000")
        try models.makeIndices(in: connection)
        try views.run(
            "INSERT INTO generation VALUES (?, ?, ?, ?)", .text(state.rawValue), .text(Generation.code),
            .integer(head), .optional(shown?.description))
        try finish(views)
        try connection.run("COMMIT")
    }
}
