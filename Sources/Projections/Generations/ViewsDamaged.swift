import Events
import GRDB
import Synchronization

/// A file of views is damaged: no page shows its rows any more, and it is made again from the log.
package struct ViewsDamaged: Error, CustomStringConvertible {
    package let path: String

    package var description: String { "the views in \(path) are damaged" }

    /// - Parameter file: the file's name in SQLite's errors, for a body that reads other files as well.
    /// - Throws: itself in place of an error by which SQLite says that the file is damaged.
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

/// The one connection that writes to a file of views.
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
