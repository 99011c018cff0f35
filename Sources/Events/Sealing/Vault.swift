import Crypto
import Foundation
import Synchronization

/// The keys of the data subjects, each random and wrapped by a master key. A destroyed key leaves a tombstone.
///
/// Keys are minted ahead and durable before they are used, so a sealed append costs one fsync of the log and none here.
final class Vault: Sendable {
    enum Key {
        case present(SymmetricKey)
        case destroyed
        case missing
    }

    struct WrappedKey {
        let id: Int
        let epoch: Int
        /// Nil when the key is destroyed.
        let bytes: [UInt8]?
    }

    struct Assignment: Sendable {
        let key: Int
        let subject: Subject
        let owner: Owner
    }

    struct State: ~Copyable {
        var open: SQLiteConnection?
        var connection: SQLiteConnection {
            get throws {
                guard let open else { throw AppendFailure.closed }
                return open
            }
        }
    }

    let keyring: Keyring
    let log: LogIdentity
    let state: Mutex<State>
    let ahead = Mutex(Ahead())
    /// Mints keys and stores assignments, so that the writer waits for neither.
    let background = DispatchQueue(label: "vault", qos: .utility)

    private static let tables = """
        CREATE TABLE vault(log TEXT NOT NULL, epoch_check BLOB NOT NULL, assigned_through INTEGER NOT NULL) STRICT;
        CREATE TABLE keys(
          id INTEGER PRIMARY KEY,
          epoch INTEGER NOT NULL,
          wrapped BLOB,
          subject TEXT,
          owner TEXT
        ) STRICT;
        """
    /// Created when missing, because the first vaults had none.
    private static let additions = """
        CREATE INDEX IF NOT EXISTS keys_by_owner ON keys(owner) WHERE owner IS NOT NULL;
        \(fenceTables)
        """

    static func create(file: String, keyring: Keyring, log: LogIdentity) throws {
        let connection = try openConnection(file, .create)
        try connection.run("BEGIN; \(tables)")
        let row = try connection.statement("INSERT INTO vault VALUES (?, ?, 0)")
        row.bind(1, log.id)
        row.bind(2, blob: try Seal.seal(Array(log.id.utf8), with: keyring.newestEpoch.key, binding: checkData(log)))
        try row.execute()
        try connection.run("COMMIT")
    }

    /// - Throws: `LogUnusable` when the file is damaged, of another log, or wrapped by another master key.
    convenience init(file: String, keyring: Keyring, log: LogIdentity) throws {
        guard FileManager.default.fileExists(atPath: file) else { throw LogUnusable.noKeys(file) }
        do {
            let connection = try Vault.openConnection(file, .readWrite)
            try connection.run(Vault.additions)
            try self.init(connection, keyring: keyring, log: log)
        } catch let error as SQLiteError {
            throw LogUnusable(error, opening: file)
        }
    }

    /// - Parameter connection: read-only is enough for reading keys.
    /// - Throws: `LogUnusable` when the vault is of another log, or wrapped by another master key.
    init(_ connection: sending SQLiteConnection, keyring: Keyring, log: LogIdentity) throws {
        guard try connection.text("SELECT log FROM vault") == log.id else { throw LogUnusable.vaultOfAnotherLog }
        try Vault.requireEpochs(of: connection, in: keyring)
        try Vault.requireCheck(of: connection, in: keyring, log: log)
        self.keyring = keyring
        self.log = log
        state = Mutex(State(open: connection))
    }

    /// Brings the vault up to date with the log: stores assignments that a crash prevented, and destroys unassigned keys.
    func catchUp(
        assignments: (_ after: Int) throws -> [(position: Int, assignment: Assignment)], through head: Int
    ) throws {
        // A vault newer than the log has stored positions that the log will assign again.
        let reached = try state.withLock { state in
            try state.connection.run("UPDATE vault SET assigned_through = \(head) WHERE assigned_through > \(head)")
            return try state.connection.integer("SELECT assigned_through FROM vault") ?? 0
        }
        let missed = try assignments(reached)
        for (position, assignment) in missed {
            if case .missing = try key(assignment.key) { throw LogUnusable.vaultOlderThanLog(position: position) }
        }
        try assign(missed.map(\.assignment), through: head)
        try state.withLock { state in
            try state.connection.run("UPDATE keys SET wrapped = NULL WHERE subject IS NULL AND wrapped IS NOT NULL")
        }
        ahead.withLock { $0.pool = [] }
    }

    func key(_ id: Int) throws -> Key { try unwrapped(wrappedKeys(id...id).first) }

    /// The stored keys with these ids, in order; missing ones are left out.
    func wrappedKeys(_ ids: ClosedRange<Int>) throws -> [WrappedKey] {
        try state.withLock { state in
            let statement = try state.connection.statement(
                "SELECT id, epoch, wrapped FROM keys WHERE id BETWEEN ? AND ? ORDER BY id")
            statement.bind(1, ids.lowerBound)
            statement.bind(2, ids.upperBound)
            return try statement.rows {
                WrappedKey(id: $0.integer(0), epoch: $0.integer(1), bytes: $0.isNull(2) ? nil : $0.bytes(2))
            }
        }
    }

    func unwrapped(_ key: WrappedKey?) throws -> Key {
        guard let key else { return .missing }
        guard let wrapped = key.bytes else { return .destroyed }
        guard let master = keyring.masterKeys.first(where: { $0.epoch == key.epoch }),
            let bytes = Seal.open(wrapped, with: master.key, binding: wrapData(key.id, key.epoch))
        else { throw LogUnusable.wrongMasterKey }
        return .present(SymmetricKey(data: bytes))
    }

    /// The owner's subjects that have a key that is not destroyed, as far as assignments are stored.
    func subjects(of owner: Owner) throws -> [Subject] {
        try state.withLock { state in
            let statement = try state.connection.statement(
                "SELECT DISTINCT subject FROM keys WHERE owner = ? AND wrapped IS NOT NULL ORDER BY subject")
            statement.bind(1, owner.description)
            return try statement.rows { Subject($0.text(0)) }.compactMap(\.self)
        }
    }

    /// Stores the assignments of events up to `position`.
    func assign(_ assignments: [Assignment], through position: Int) throws {
        try state.withLock { state in
            let connection = try state.connection
            try connection.atOnce {
                let row = try connection.statement(
                    "UPDATE keys SET subject = ?, owner = ? WHERE id = ? AND wrapped IS NOT NULL")
                for assignment in assignments {
                    row.bind(1, assignment.subject.description)
                    row.bind(2, assignment.owner.description)
                    row.bind(3, assignment.key)
                    try row.execute()
                }
                let reached = try connection.statement("UPDATE vault SET assigned_through = max(assigned_through, ?)")
                reached.bind(1, position)
                try reached.execute()
            }
        }
    }

    /// The owner's keys that are not destroyed, as far as assignments are stored.
    func keys(of owner: Owner) throws -> [(id: Int, subject: Subject)] {
        try state.withLock { state in
            let statement = try state.connection.statement("SELECT id, subject FROM keys WHERE owner = ?")
            statement.bind(1, owner.description)
            return try statement.rows { row in Subject(row.text(1)).map { (id: row.integer(0), subject: $0) } }
                .compactMap(\.self)
        }
    }

    /// - Returns: false when a reader was using the WAL, which may then still hold destroyed keys.
    func emptyWriteAheadLog() throws -> Bool {
        try state.withLock { try $0.connection.emptyWriteAheadLog() }
    }

    func close() throws {
        background.sync {}
        try state.withLock { state in
            try state.open?.run("PRAGMA wal_checkpoint(TRUNCATE)")
            state.open = nil
        }
    }

    func wrapData(_ id: Int, _ epoch: Int) -> [UInt8] {
        var data: [UInt8] = []
        data.reserveCapacity(96)
        data += "mikroforetag.key.v1\n".utf8
        data += log.id.utf8
        for number in [id, epoch] {
            data.append(UInt8(ascii: "\n"))
            data += String(number).utf8
        }
        return data
    }

    static func checkData(_ log: LogIdentity) -> [UInt8] { Array("mikroforetag.vault.v1\n\(log.id)".utf8) }

    static func openConnection(_ file: String, _ mode: SQLiteConnection.Mode) throws -> SQLiteConnection {
        let connection = try SQLiteConnection(file, mode)
        try connection.run(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA cache_size=-4000")
        return connection
    }
}
