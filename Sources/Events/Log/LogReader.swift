import Synchronization

/// Reads the log on its own connection and opens sealed parts with the vault, if there is one.
final class LogReader {
    let connection: SQLiteConnection
    private let vault: Vault?
    private let log: LogIdentity

    convenience init(path: String, vault: Vault?, log: LogIdentity) throws {
        try self.init(SQLiteConnection(path, .readOnly), vault: vault, log: log)
    }

    init(_ connection: SQLiteConnection, vault: Vault?, log: LogIdentity) throws {
        self.connection = connection
        // Most pages that are read are in the system's cache already; a large cache for each reader only costs memory.
        try connection.run("PRAGMA cache_size=-500")
        self.vault = vault
        self.log = log
    }

    func events(in stream: StreamName, after version: Int) throws -> [RecordedEvent] {
        let statement = try connection.statement(
            "SELECT \(EventRow.columns) FROM events WHERE stream = ? AND version > ? ORDER BY version")
        statement.bind(1, stream.description)
        statement.bind(2, version)
        return try opened(statement)
    }

    func events(after position: Int, limit: Int) throws -> [RecordedEvent] {
        let statement = try connection.statement(
            "SELECT \(EventRow.columns) FROM events WHERE position > ? ORDER BY position LIMIT ?")
        statement.bind(1, position)
        statement.bind(2, limit)
        return try opened(statement, atMost: limit)
    }

    func leaf(ofEventAt position: Int) throws -> Leaf? {
        let statement = try connection.statement("SELECT \(EventRow.columns) FROM events WHERE position = ?")
        statement.bind(1, position)
        return try statement.rows { EventRow($0).leaf }.first
    }

    func head() throws -> Int { try connection.integer("SELECT max(position) FROM events") ?? 0 }

    func holds(_ command: CommandID) throws -> Bool {
        let statement = try connection.statement("SELECT 1 FROM events WHERE command = ? LIMIT 1")
        statement.bind(1, command.description)
        return try !statement.rows { _ in }.isEmpty
    }

    /// The positions of a command's events, and its actor; nil when it has appended nothing.
    func appended(by command: CommandID) throws -> (positions: ClosedRange<Int>, actor: String)? {
        let statement = try connection.statement(
            "SELECT min(position), max(position), min(actor) FROM events WHERE command = ?")
        statement.bind(1, command.description)
        return try statement.rows { row in
            row.isNull(0) ? nil : (positions: row.integer(0)...row.integer(1), actor: row.text(2))
        }.first ?? nil
    }

    /// The stream of the first event that a command appended.
    func stream(of command: CommandID) throws -> StreamName? {
        let statement = try connection.statement(
            "SELECT stream FROM events WHERE command = ? ORDER BY position LIMIT 1")
        statement.bind(1, command.description)
        return try statement.rows { StreamName(written: $0.text(0)) }.first
    }

    func holder(of kind: Claim.Kind, hashes: [[UInt8]]) throws -> Owner? {
        try ClaimRows(connection).holder(of: kind, hashes: hashes).flatMap(Owner.init)
    }

    private func opened(_ statement: Statement, atMost limit: Int = 0) throws -> [RecordedEvent] {
        var keys = vault.map(KeyWindow.init)
        return try statement.rows(atMost: limit) { statement in
            let row = EventRow(statement)
            return try row.recorded(content: content(of: row, &keys))
        }
    }

    /// The four outcomes of opening: a value, erased, tampered, or key missing; the last two are errors.
    private func content(of row: EventRow, _ keys: inout KeyWindow?) throws -> SealedContent {
        guard row.isSealed else { return .none }
        guard keys != nil else { return .locked }
        guard let key = row.key, let place = row.place(in: log) else {
            throw SealDamage.tampered(position: row.position)
        }
        switch try keys?.key(key) ?? .missing {
        case .destroyed: return .erased
        case .missing: throw SealDamage.keyMissing(position: row.position)
        case .present(let key):
            guard let plaintext = Seal.open(row.sealed, with: key, at: place) else {
                throw SealDamage.tampered(position: row.position)
            }
            return .open(plaintext)
        }
    }
}

/// A pool of read connections, opened on demand and reused.
final class ReaderPool: Sendable {
    private struct Idle: ~Copyable {
        var readers: [LogReader] = []
        var lent = 0
        var isClosed = false
        /// Resumed when the pool is closed and the last borrowed reader is returned.
        var closing: CheckedContinuation<Void, Never>?
    }

    private let path: String
    private let vault: Vault?
    private let log: LogIdentity
    private let idle = Mutex(Idle())

    init(path: String, vault: Vault?, log: LogIdentity) {
        self.path = path
        self.vault = vault
        self.log = log
    }

    func read<Value>(_ body: (LogReader) throws -> Value) throws -> Value {
        idle.withLock { $0.lent += 1 }
        // Runs after `lend` has released its reader.
        defer { noteReturn() }
        return try lend(body)
    }

    /// Closes the connections, also those in use as soon as they are returned, so that the writer, closing last, can remove the WAL.
    func close() async {
        await withCheckedContinuation { continuation in
            let isDone = idle.withLock { idle in
                idle.readers = []
                idle.isClosed = true
                if idle.lent > 0 { idle.closing = continuation }
                return idle.lent == 0
            }
            if isDone { continuation.resume() }
        }
    }

    private func lend<Value>(_ body: (LogReader) throws -> Value) throws -> Value {
        let borrowed = try take()
        defer { put(borrowed) }
        return try body(borrowed.reader)
    }

    /// A reader belongs to one borrower at a time, which is what makes handing it between threads safe.
    private struct Borrowed: @unchecked Sendable { let reader: LogReader }

    private func take() throws -> Borrowed {
        if let borrowed = idle.withLock({ $0.readers.popLast().map { Borrowed(reader: $0) } }) { return borrowed }
        return Borrowed(reader: try LogReader(path: path, vault: vault, log: log))
    }

    private func put(_ borrowed: Borrowed) { idle.withLock { if !$0.isClosed { $0.readers.append(borrowed.reader) } } }

    private func noteReturn() {
        let waiting = idle.withLock { idle -> CheckedContinuation<Void, Never>? in
            idle.lent -= 1
            guard idle.lent == 0 else { return nil }
            defer { idle.closing = nil }
            return idle.closing
        }
        waiting?.resume()
    }
}
