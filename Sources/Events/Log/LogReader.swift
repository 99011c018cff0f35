import CSQLite
import Synchronization

/// Reads the log on a connection of its own and opens sealed parts with the vault, if there is one.
final class LogReader {
    let connection: Connection
    private let vault: Vault?
    private let log: LogIdentity

    init(path: String, vault: Vault?, log: LogIdentity) throws {
        connection = try Connection(path, .readOnly)
        self.vault = vault
        self.log = log
    }

    func events(in stream: StreamName, after version: Int) throws -> [RecordedEvent] {
        let statement = try connection.statement(
            "SELECT \(StoredEvent.columns) FROM events WHERE stream = ? AND version > ? ORDER BY version")
        statement.bind(1, stream.description)
        statement.bind(2, version)
        return try opened(statement.rows(StoredEvent.init))
    }

    func events(after position: Int, limit: Int) throws -> [RecordedEvent] {
        try opened(stored(after: position, limit: limit))
    }

    func stored(after position: Int, limit: Int) throws -> [StoredEvent] {
        let statement = try connection.statement(
            "SELECT \(StoredEvent.columns) FROM events WHERE position > ? ORDER BY position LIMIT ?")
        statement.bind(1, position)
        statement.bind(2, limit)
        return try statement.rows(StoredEvent.init)
    }

    func head() throws -> Int { try connection.integer("SELECT max(position) FROM events") ?? 0 }

    func holder(of kind: Claim.Kind, hashes: [[UInt8]]) throws -> Owner? {
        try ClaimRows(connection).holder(of: kind, hashes: hashes).flatMap(Owner.init)
    }

    private func opened(_ stored: [StoredEvent]) throws -> [RecordedEvent] {
        let keys = try vault?.keys(stored.compactMap(\.leaf.key))
        return try stored.map { try $0.recorded(content: content(of: $0, keys)) }
    }

    /// The four outcomes of opening: a value, erased, tampered, or key missing; the last two are errors.
    private func content(of event: StoredEvent, _ keys: [Int: Vault.Key]?) throws -> SealedContent {
        guard let sealed = event.sealed else { return .none }
        guard let keys else { return .locked }
        guard let id = event.leaf.key, let place = event.place(in: log) else {
            throw SealDamage.tampered(position: event.leaf.position)
        }
        switch keys[id] ?? .missing {
        case .destroyed: return .erased
        case .missing: throw SealDamage.keyMissing(position: event.leaf.position)
        case .present(let key):
            guard let plaintext = Seal.open(sealed, with: key, at: place) else {
                throw SealDamage.tampered(position: event.leaf.position)
            }
            return .open(plaintext)
        }
    }
}

/// A row of the log as it stands in the file.
struct StoredEvent {
    static let columns =
        "position, stream, version, type, schema, time, actor, causation, command, subject, owner, key, sealed, clear, hash"

    let leaf: Leaf
    let hash: TreeHash

    var sealed: [UInt8]? { leaf.sealed }

    init(_ row: Statement) {
        leaf = Leaf(
            position: row.integer(0), stream: row.text(1), version: row.integer(2), type: row.text(3),
            schema: row.integer(4), time: Int64(row.integer(5)), actor: row.text(6), causation: row.optionalInteger(7),
            command: row.text(8), subject: row.optionalText(9), owner: row.optionalText(10),
            key: row.optionalInteger(11),
            sealed: row.isNull(12) ? nil : row.bytes(12), clear: row.bytes(13))
        hash = row.bytes(14)
    }

    func place(in log: LogIdentity) -> Seal.Place? {
        guard let subject = leaf.subject, let owner = leaf.owner, let key = leaf.key else { return nil }
        return Seal.Place(
            log: log, stream: leaf.stream, version: leaf.version, type: leaf.type, schema: leaf.schema,
            subject: subject,
            owner: owner, key: key)
    }

    func recorded(content: SealedContent) throws(MalformedEvent) -> RecordedEvent {
        guard let actor = Actor(leaf.actor), let command = CommandID(leaf.command) else {
            throw MalformedEvent(reason: "unreadable actor or command at position \(leaf.position)", offset: 0)
        }
        return RecordedEvent(
            position: leaf.position, stream: StreamName(recorded: leaf.stream), version: leaf.version,
            type: EventType(leaf.type, leaf.schema), time: Instant(milliseconds: leaf.time), actor: actor,
            causation: leaf.causation, command: command, clear: ClearPart(stored: leaf.clear),
            subject: leaf.subject.flatMap(Subject.init), owner: leaf.owner.flatMap(Owner.init), content: content)
    }
}

/// Read connections, opened as they are needed and kept for the next reader.
final class ReaderPool: Sendable {
    private struct Idle: ~Copyable {
        var readers: [LogReader] = []
        var isClosed = false
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
        try withReader(body)
    }

    /// Lets go of the file, so that the writer, closing last, can remove the WAL.
    func close() {
        idle.withLock { idle in
            idle.readers = []
            idle.isClosed = true
        }
    }

    private func withReader<Value>(_ body: (LogReader) throws -> Value) throws -> Value {
        let reader = try take()
        defer { put(reader) }
        return try body(reader.reader)
    }

    /// A reader belongs to one borrower at a time, which is what makes handing it between threads safe.
    private struct Borrowed: @unchecked Sendable { let reader: LogReader }

    private func take() throws -> Borrowed {
        if let borrowed = idle.withLock({ $0.readers.popLast().map { Borrowed(reader: $0) } }) { return borrowed }
        return Borrowed(reader: try LogReader(path: path, vault: vault, log: log))
    }

    private func put(_ borrowed: Borrowed) { idle.withLock { if !$0.isClosed { $0.readers.append(borrowed.reader) } } }
}
