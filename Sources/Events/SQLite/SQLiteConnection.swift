import CSQLite
import Foundation

/// An error from SQLite, with its extended result code.
package struct SQLiteError: Error, CustomStringConvertible {
    package let code: Int32
    package let message: String
    /// The main file of the connection; nil when it could not be opened.
    package var file: String?

    fileprivate init(_ code: Int32, on handle: OpaquePointer?) {
        self.init(
            code: code, message: String(cString: sqlite3_errmsg(handle)),
            file: sqlite3_db_filename(handle, "main").map { String(cString: $0) })
    }

    init(code: Int32, message: String, file: String? = nil) {
        self.code = code
        self.message = message
        self.file = file
    }

    package var description: String { "SQLite \(code): \(message)" }

    package var isDiskFull: Bool { code & 0xFF == SQLITE_FULL }

    /// Whether a constraint, or a trigger that enforces one, rejected the statement.
    package var isRefusal: Bool { code & 0xFF == SQLITE_CONSTRAINT }

    /// Whether the file's structure is broken, or it is no database at all.
    package var isDamage: Bool { code & 0xFF == SQLITE_CORRUPT || code & 0xFF == SQLITE_NOTADB }
}

/// One connection of the C API, used by one thread at a time.
///
/// GRDB serves the views; the log needs its own authorizer and pragmas, and sole control of checkpoints.
package final class SQLiteConnection {
    package enum Mode {
        case readWrite, create, readOnly
        /// For a file that no process has open, possibly on a read-only medium: SQLite looks for no WAL and takes no lock.
        case immutable
    }

    let handle: OpaquePointer
    private var statements: [String: OpaquePointer] = [:]
    /// The statements of literals, by the literal's address: nothing is hashed but an address.
    private var literals: [UnsafePointer<UInt8>: OpaquePointer] = [:]
    /// Turns off SQLite's memory statistics; takes effect only before the process opens its first database.
    private static let prepared: Void = { _ = csqlite_count_no_memory() }()

    package init(_ path: String, _ mode: Mode) throws(SQLiteError) {
        SQLiteConnection.prepared
        let access: Int32
        switch mode {
        case .readWrite: access = SQLITE_OPEN_READWRITE
        case .create: access = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
        case .readOnly, .immutable: access = SQLITE_OPEN_READONLY
        }
        let name = mode == .immutable ? URL(fileURLWithPath: path).absoluteString + "?immutable=1" : path
        var opened: OpaquePointer?
        let code = sqlite3_open_v2(
            name, &opened, access | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_URI, nil)
        guard code == SQLITE_OK, let opened else {
            sqlite3_close_v2(opened)
            throw SQLiteError(code: code, message: "cannot open the database file")
        }
        handle = opened
        waitForOthers(milliseconds: SQLiteConnection.usualWait)
        // Only the writer checkpoints: two checkpointing connections can damage a WAL before SQLite 3.51.3.
        if mode == .readOnly {
            configure(SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)
            try run("PRAGMA wal_autocheckpoint=0")
        }
    }

    deinit {
        for statement in statements.values { sqlite3_finalize(statement) }
        sqlite3_close_v2(handle)
    }

    package static let usualWait: Int32 = 5000

    /// How long the connection waits for another connection's lock before it gives up.
    package func waitForOthers(milliseconds: Int32) { sqlite3_busy_timeout(handle, milliseconds) }

    func configure(_ option: Int32, _ on: Bool) { _ = csqlite_db_config(handle, option, on ? 1 : 0) }

    func setAuthorizer(
        _ authorizer:
            @escaping @convention(c) (
                UnsafeMutableRawPointer?, Int32, UnsafePointer<CChar>?, UnsafePointer<CChar>?, UnsafePointer<CChar>?,
                UnsafePointer<CChar>?
            ) -> Int32
    ) { sqlite3_set_authorizer(handle, authorizer, nil) }

    /// Runs statements that return nothing.
    package func run(_ sql: String) throws(SQLiteError) {
        let code = sqlite3_exec(handle, sql, nil, nil, nil)
        guard code == SQLITE_OK else { throw error(code) }
    }

    /// Opens another file on the same connection: its tables are then named `name.table`.
    package func attach(_ path: String, as name: StaticString) throws(SQLiteError) {
        let statement = try statement("ATTACH DATABASE ? AS \(name)")
        statement.bind(1, path)
        try statement.execute()
    }

    /// A prepared statement, cached until the connection closes.
    package func statement(_ sql: String) throws(SQLiteError) -> Statement {
        if let pointer = statements[sql] { return Statement(pointer: pointer, connection: self) }
        var pointer: OpaquePointer?
        let code = sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &pointer, nil)
        guard code == SQLITE_OK, let pointer else { throw error(code) }
        statements[sql] = pointer
        return Statement(pointer: pointer, connection: self)
    }

    /// A prepared statement found by the literal's address, for statements that run millions of times.
    package func statement(literal sql: StaticString) throws(SQLiteError) -> Statement {
        if let pointer = literals[sql.utf8Start] { return Statement(pointer: pointer, connection: self) }
        let statement = try statement(sql.description)
        literals[sql.utf8Start] = statement.pointer
        return statement
    }

    /// The first column of the first row of a query without parameters.
    package func integer(_ sql: String) throws(SQLiteError) -> Int? {
        let statement = try statement(sql)
        defer { statement.reset() }
        return try statement.step() && !statement.isNull(0) ? statement.integer(0) : nil
    }

    package func text(_ sql: String) throws(SQLiteError) -> String? {
        let statement = try statement(sql)
        defer { statement.reset() }
        return try statement.step() && !statement.isNull(0) ? statement.text(0) : nil
    }

    /// The main file, as SQLite names it.
    package var path: String? { sqlite3_db_filename(handle, "main").map { String(cString: $0) } }

    func error(_ code: Int32) -> SQLiteError {
        SQLiteError(code, on: handle)
    }

    package static var sqliteVersion: String { String(cString: sqlite3_libversion()) }
}

/// A prepared statement. Parameters count from 1, columns from 0.
package struct Statement {
    fileprivate let pointer: OpaquePointer
    /// Keeps the statement's connection open.
    fileprivate let connection: SQLiteConnection

    package func bind(_ index: Int32, _ value: Int) { sqlite3_bind_int64(pointer, index, Int64(value)) }

    package func bind(_ index: Int32, _ value: Int?) {
        if let value { bind(index, value) } else { sqlite3_bind_null(pointer, index) }
    }

    package func bind(_ index: Int32, _ text: String) {
        var text = text
        text.withUTF8 { bindText(index, $0) }
    }

    package func bind(_ index: Int32, _ text: String?) {
        if let text { bind(index, text) } else { sqlite3_bind_null(pointer, index) }
    }

    package func bindText(_ index: Int32, _ utf8: UnsafeBufferPointer<UInt8>) {
        utf8.withMemoryRebound(to: CChar.self) {
            _ = csqlite_bind_text(pointer, index, $0.baseAddress, Int32($0.count))
        }
    }

    package func bindText(_ index: Int32, utf8 bytes: [UInt8]) { bytes.withUnsafeBufferPointer { bindText(index, $0) } }

    package func bind(_ index: Int32, blob bytes: [UInt8]?) {
        guard let bytes else { sqlite3_bind_null(pointer, index); return }
        bytes.withUnsafeBytes { _ = csqlite_bind_blob(pointer, index, $0.baseAddress, Int32($0.count)) }
    }

    /// Whether there is a row; false when the statement is done.
    package func step() throws(SQLiteError) -> Bool {
        switch sqlite3_step(pointer) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code:
            let error = SQLiteError(code, on: sqlite3_db_handle(pointer))
            sqlite3_reset(pointer)
            throw error
        }
    }

    package func reset() { sqlite3_reset(pointer) }

    /// For statements without rows: one execution.
    package func execute() throws(SQLiteError) {
        _ = try step()
        reset()
    }

    /// Every row, read by `read`.
    /// - Parameter most: the number of rows for which memory is reserved.
    package func rows<Row>(atMost most: Int = 0, _ read: (Statement) throws -> Row) throws -> [Row] {
        defer { reset() }
        var rows: [Row] = []
        rows.reserveCapacity(most)
        while try step() { rows.append(try read(self)) }
        return rows
    }

    /// The index of the column with that name.
    /// - Precondition: the statement has such a column.
    package func column(_ name: StaticString) -> Int32 {
        let wanted = UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self)
        for column in 0..<sqlite3_column_count(pointer) {
            if let found = sqlite3_column_name(pointer, column), strcmp(found, wanted) == 0 { return column }
        }
        preconditionFailure("no column \(name)")
    }

    package func isNull(_ column: Int32) -> Bool { sqlite3_column_type(pointer, column) == SQLITE_NULL }

    package func integer(_ column: Int32) -> Int { Int(sqlite3_column_int64(pointer, column)) }

    /// How the value is stored: `SQLITE_INTEGER`, `SQLITE_TEXT`, `SQLITE_BLOB`, `SQLITE_NULL`.
    func storage(_ column: Int32) -> Int32 { sqlite3_column_type(pointer, column) }

    /// A text's or blob's bytes in SQLite's buffer, valid until the next step or reset.
    func raw(_ column: Int32) -> UnsafeRawBufferPointer {
        let start = sqlite3_column_blob(pointer, column)
        return UnsafeRawBufferPointer(
            start: start, count: start == nil ? 0 : Int(sqlite3_column_bytes(pointer, column)))
    }

    package func optionalInteger(_ column: Int32) -> Int? { isNull(column) ? nil : integer(column) }

    package func text(_ column: Int32) -> String { String(decoding: raw(column), as: UTF8.self) }

    package func optionalText(_ column: Int32) -> String? { isNull(column) ? nil : text(column) }

    package func bytes(_ column: Int32) -> [UInt8] { Array(raw(column)) }
}
