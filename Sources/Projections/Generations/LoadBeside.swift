import Accounts
import Events
import Foundation
import Synchronization

/// Loads the read models that stand alone while another thread loads the others, into a file of their own. At the end their rows move over:
/// between equal tables SQLite copies rows and indices without looking into them.
final class LoadBeside: Sendable {
    private let path: String
    private let log: EventLog
    private let shown: ShownFields?
    private let connection: Mutex<Connection?>
    private let failure = Mutex<(any Error)?>(nil)
    private let queue = DispatchQueue(label: "views beside")
    /// By so many batches it may be behind.
    private let room = DispatchSemaphore(value: 8)
    private static let models = ReadModels(Generation.models.filter { $0.standsAlone })

    /// - Parameter generation: the file that is being loaded.
    init(_ generation: String, following log: EventLog, showing shown: ShownFields?) throws {
        path = generation + ".beside" + GenerationLoad.unfinishedSuffix
        Generation.deleteFiles(at: path)
        let connection = try Connection.loading(path, cacheKilobytes: 32_000)
        try LoadBeside.models.makeTables(in: connection)
        self.log = log
        self.shown = shown
        self.connection = Mutex(connection)
    }

    /// - Throws: what went wrong with an earlier batch.
    func take(_ events: [ProjectedEvent]) throws {
        try check()
        room.wait()
        queue.async { [self] in
            defer { room.signal() }
            work { connection in
                let views = ViewWriter(connection, following: log, showing: shown)
                for event in events { try LoadBeside.models.apply(event, to: views) }
                try LoadBeside.models.settle(views)
            }
        }
    }

    /// There are no more events.
    func end() {
        queue.async { [self] in
            work { connection in
                try LoadBeside.models.makeIndices(in: connection)
                try connection.run("COMMIT")
            }
            connection.withLock { $0 = nil }
        }
    }

    /// Begins a transaction of the generation, and writes the rows in it.
    func moveRows(to generation: Connection) throws {
        queue.sync {}
        try check()
        try generation.attach(path, as: "beside")
        try generation.run("BEGIN")
        try LoadBeside.models.makeTables(in: generation)
        try LoadBeside.models.makeIndices(in: generation)
        let tables = try generation.statement("SELECT name FROM beside.sqlite_schema WHERE type = 'table'")
        for table in try tables.rows({ $0.text(0) }) {
            try generation.run("INSERT INTO main.\(table) SELECT * FROM beside.\(table)")
        }
    }

    /// Ends the work and deletes the file.
    func close() {
        queue.sync { connection.withLock { $0 = nil } }
        Generation.deleteFiles(at: path)
    }

    private func work(_ body: (Connection) throws -> Void) {
        do {
            try check()
            try connection.withLock { connection in if let connection { try body(connection) } }
        } catch {
            failure.withLock { $0 = error }
        }
    }

    private func check() throws {
        if let failure = failure.withLock(\.self) { throw failure }
    }
}
