import Events
import GRDB
import Synchronization

/// A view file is damaged: no page shows its rows any more, and it is rebuilt from the log.
package struct ViewsDamaged: Error, CustomStringConvertible {
    package let path: String

    package var description: String { "the views in \(path) are damaged" }

    /// - Parameter file: the file's name in SQLite's errors, for a body that also reads other files.
    /// - Throws: `ViewsDamaged` in place of a SQLite error that reports damage to the file.
    static func guarding<Value>(_ path: String, named file: String? = nil, _ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as SQLiteError where error.isDamage && (file ?? error.file) == error.file {
            throw ViewsDamaged(path: path)
        } catch let error as DatabaseError where [.SQLITE_CORRUPT, .SQLITE_NOTADB].contains(error.resultCode) {
            throw ViewsDamaged(path: path)
        }
    }
}

/// The only connection that writes to a view file.
final class Writer: Sendable {
    private let connection: Mutex<SQLiteConnection>
    private let path: String
    private let name: String?

    init(_ connection: sending SQLiteConnection, path: String) {
        name = connection.path
        self.path = path
        self.connection = Mutex(connection)
    }

    /// - Throws: `ViewsDamaged`, and what `body` throws.
    func use<Value: Sendable>(_ body: (SQLiteConnection) throws -> Value) throws -> Value {
        try ViewsDamaged.guarding(path, named: name) { try connection.withLock { try body($0) } }
    }
}
