import CSQLite
import Foundation

extension SQLiteConnection {
    private static let pagesAtOnce: Int32 = 256

    /// Copies the database as this connection sees it into a new file with SQLite's backup API; other connections can write at the same
    /// time.
    ///
    /// Inside a read transaction the copy is that transaction's snapshot, however long it takes.
    func copy(to path: String, progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }) throws {
        do {
            let target = try SQLiteConnection(path, .create)
            guard let backup = sqlite3_backup_init(target.handle, "main", handle, "main") else {
                throw target.error(sqlite3_extended_errcode(target.handle))
            }
            var code = SQLITE_OK
            repeat {
                code = sqlite3_backup_step(backup, SQLiteConnection.pagesAtOnce)
                let total = Int(sqlite3_backup_pagecount(backup))
                progress(total - Int(sqlite3_backup_remaining(backup)), total)
            } while code == SQLITE_OK
            sqlite3_backup_finish(backup)
            guard code == SQLITE_DONE else { throw target.error(code) }
        }
        guard chmod(path, 0o600) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        try DurableFile.sync(path)
    }

    /// Opens a read-only connection that leaves no files behind: a file that no process has open is treated as immutable.
    package static func reading(_ path: String) throws(SQLiteError) -> SQLiteConnection {
        rollBackInterrupted(path)
        return try SQLiteConnection(path, isInUse(path) ? .readOnly : .immutable)
    }

    /// The name with which such a connection attaches a file, immutable on the same condition.
    package static func readingName(of path: String) -> String {
        rollBackInterrupted(path)
        let file = URL(fileURLWithPath: path).absoluteString
        return isInUse(path) ? file : file + "?immutable=1"
    }

    /// A read-only connection refuses a file whose writer was killed in a transaction with a rollback journal (SQLITE_READONLY_ROLLBACK).
    /// Does nothing to the journal of a writer that lives; where this process cannot write, the reading says what is wrong.
    private static func rollBackInterrupted(_ path: String) {
        guard FileManager.default.fileExists(atPath: path + "-journal") else { return }
        _ = try? SQLiteConnection(path, .readWrite).integer("SELECT count(*) FROM sqlite_schema")
    }

    private static func isInUse(_ path: String) -> Bool { DatabaseFiles(path).hasCompanions }
}
