import Crypto
import Foundation

/// The state of the writer's thread: its connection, the head, the fences, the right edge of the tree. Never leaves that thread.
final class WriterSession {
    /// The in-memory state that a transaction changes; restored when it is rolled back.
    struct Edge {
        var head: Int
        var lastTime: Int64
        /// Without the subjects whose destroyed key shows that they are fenced.
        var fences: Fences
        /// The fences whose keys are not destroyed yet.
        var unexecuted: Set<FenceID> = []
        var tree: TileTree
        /// The origin under which checkpoints are signed.
        var origin: String
        var tiles: [Tile] = []
        var assignments: [Vault.Assignment] = []
    }

    let connection: SQLiteConnection
    private let files: LogFiles
    let identity: LogIdentity
    let vault: Vault
    let keyring: Keyring
    private let openedFiles: OpenedFiles
    let ledger: LedgerKeeper
    let anchor: Anchor?
    let holds: HoldCheck
    let statements: AppendStatements
    var nonces = RandomSupply()
    var edge: Edge

    var head: Int { edge.head }

    init(files: LogFiles, identity: LogIdentity, vault: Vault, keyring: Keyring, holds: HoldCheck) throws {
        self.files = files
        self.identity = identity
        self.vault = vault
        self.keyring = keyring
        self.holds = holds
        anchor = files.anchored
        ledger = LedgerKeeper(ErasureLedger(directory: files.keys), anchored: anchor?.ledger, log: identity)
        let (erasures, forgotten): ([Erasure], [Erasure])
        do {
            connection = try LogSchema.openWriter(files.log, .readWrite)
            let start = try WriterStart(of: connection)
            let log = connection
            let noted = try vault.notedFences { try WriterStart.lastFence(upTo: $0, in: log) }
            erasures = try WriterStart.erasures(after: noted.through, in: connection)
            // An older log, restored, lacks erasures that the ledger has; after a crash the ledger may lack erasures that the log has.
            let logged = try WriterStart.fences(in: connection)
            forgotten = try ledger.read(without: logged)
            try ledger.record(WriterStart.erasures(of: logged.subtracting(ledger.fences), in: connection))
            edge = Edge(
                head: start.head, lastTime: start.lastTime,
                fences: Fences(noted.scopes + (erasures + forgotten).map(\.scope)), tree: start.tree,
                origin: try CheckpointOrigins(of: identity, in: connection).current)
        } catch let error as SQLiteError {
            throw LogUnusable(error, opening: files.log)
        }
        statements = try AppendStatements(connection)
        openedFiles = OpenedFiles(of: [files.log, files.vault])
        // Erasures made while the anchor was unreachable, or before there was one.
        try ledger.keepInAnchor()
        let connection = connection
        try vault.catchUp(
            assignments: { try WriterStart.assignments(after: $0, in: connection) }, through: edge.head)
        try execute(erasures + forgotten)
        try releaseClaims(covered: edge.fences)
        LogSchema.protect(connection)
    }

    /// The result of a transaction that is committed but not durable yet.
    struct Committed {
        let results: [Result<Appended, any Error>]
        /// The keys that were used for the first time.
        let assignments: [Vault.Assignment]
        let head: Int
    }

    /// Commits appends in one transaction. Each gets its own result; when the commit fails, all fail.
    /// - Parameter next: returns the next append, nil after the last; at least one.
    func commit(_ next: () -> Append?) -> Committed {
        let before = edge
        var taken = 0
        do {
            var results: [Result<Appended, any Error>] = []
            while let append = next() {
                taken += 1
                if taken == 1 { try statements.begin.execute() }
                results.append(try attempt(append))
            }
            try storeTiles()
            try openedFiles.require()
            try statements.commit.execute()
            defer { edge.assignments = [] }
            return Committed(results: results, assignments: edge.assignments, head: edge.head)
        } catch {
            try? statements.rollback.execute()
            edge = before
            let failure = WriterSession.failure(error)
            let results = Array(repeating: Result<Appended, any Error>.failure(failure), count: taken)
            return Committed(results: results, assignments: [], head: edge.head)
        }
    }

    func signCheckpoint() throws -> SignedCheckpoint {
        let signed = try Checkpoint(origin: edge.origin, size: edge.tree.size, root: edge.tree.root)
            .signed(by: keyring.signingKey)
        try DurableFile.write(Array(signed.note.utf8), to: files.checkpoint)
        anchor?.keep(signed.note)
        return signed
    }

    /// - Parameter signing: whether everything that was committed is known to be durable.
    func close(signing: Bool) {
        try? vault.noteAll()
        if signing { _ = try? signCheckpoint() }
        _ = try? connection.integer("PRAGMA wal_checkpoint(TRUNCATE)")
        try? vault.close()
    }

    /// Adds one append so that its failure rolls back only its own changes.
    private func attempt(_ append: Append) throws -> Result<Appended, any Error> {
        let assigned = edge.assignments.count
        do {
            return .success(append.isOneWrite ? try add(append) : try inSavepoint { try add(append) })
        } catch let failure as AppendFailure {
            // A key that was taken for it stays unassigned.
            edge.assignments.removeSubrange(assigned...)
            return .failure(failure)
        }
    }

    private func inSavepoint(_ body: () throws -> Appended) throws -> Appended {
        let before = edge
        try statements.savepoint.execute()
        do {
            let appended = try body()
            try statements.release.execute()
            return appended
        } catch let failure as AppendFailure {
            edge = before
            try statements.rollBackTo.execute()
            try statements.release.execute()
            throw failure
        }
    }

    private func storeTiles() throws {
        guard !edge.tiles.isEmpty else { return }
        let row = try connection.statement("INSERT INTO tiles(level, number, hashes) VALUES (?, ?, ?)")
        for tile in edge.tiles {
            row.bind(1, tile.level)
            row.bind(2, tile.number)
            row.bind(3, blob: Array(tile.hashes.joined()))
            try row.execute()
        }
        edge.tiles = []
    }

    private static func failure(_ error: any Error) -> any Error {
        guard let error = error as? SQLiteError, error.isDiskFull else { return error }
        return AppendFailure.diskFull
    }
}

extension Append {
    /// Whether a refusal leaves nothing to roll back.
    fileprivate var isOneWrite: Bool {
        claims.isEmpty && erasures.isEmpty && fencesAgain.isEmpty && streams.count == 1 && streams[0].events.count <= 1
    }
}
