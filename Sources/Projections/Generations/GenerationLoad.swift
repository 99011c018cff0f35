import Accounts
import Events
import Foundation

/// The making of a new generation: all events so far taken in at one go, into a file that nobody reads yet.
///
/// Until it is complete the file has another name, and a file of that name is worth nothing. So there is no journal, nothing is synced before
/// the end, and the indices that only queries need are made when the rows are there.
enum GenerationLoad {
    /// Takes in the events up to a position, or to the present head of the log.
    /// - Parameter draft: what is to be seen of members; nil for what the policy in force there lets be seen.
    /// - Throws: `ProjectionFailure`, and whatever `report` throws to cancel it. Nothing is left then.
    static func build(
        _ number: Int, in directory: URL, from log: EventLog, through position: Int? = nil,
        showing draft: ShownFields? = nil,
        _ report: (RebuildProgress) throws -> Void
    ) throws -> Generation {
        let path = Generation.path(number, in: directory)
        try load(path, from: log, through: position ?? log.head, as: .building, showing: draft, report)
        return try Generation(number: number, in: directory)
    }

    /// Makes the file, which gets its name when it is complete.
    /// - Parameter finish: writes what else belongs into it, before the commit.
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

    /// What a file says of itself. Every version of the program reads `state`, `code` and `position` under these names.
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
        // The one commit syncs the file.
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
        // An index is sorted in pieces of this size, by SQLite's second thread while the next piece is read.
        try connection.run("PRAGMA cache_size=-1000")
        try models.makeIndices(in: connection)
        try views.run(
            "INSERT INTO generation VALUES (?, ?, ?, ?)", .text(state.rawValue), .text(Generation.code),
            .integer(head), .optional(shown?.description))
        try finish(views)
        try connection.run("COMMIT")
    }
}
