import Crypto
import Foundation

/// What the writer's thread knows: its connection, the head, the fences, the edge of the tree. Never leaves that thread.
final class WriterSession {
    /// What a transaction changes in memory; taken back with it.
    private struct Edge {
        var head: Int
        var lastTime: Int64
        var fences: Fences
        var tree: TileTree
        /// Under which name heads are signed.
        var origin: String
        var tiles: [Tile] = []
        var assignments: [Vault.Assignment] = []
    }

    let connection: Connection
    private let files: LogFiles
    let identity: LogIdentity
    let vault: Vault
    let keyring: Keyring
    let ledger: ErasureLedger
    let anchor: Anchor?
    private var edge: Edge
    private var unnoted: [Vault.Assignment] = []
    private static let assignmentsNotedAtOnce = 1024

    var head: Int { edge.head }

    init(files: LogFiles, identity: LogIdentity, vault: Vault, keyring: Keyring) throws {
        self.files = files
        self.identity = identity
        self.vault = vault
        self.keyring = keyring
        ledger = ErasureLedger(directory: files.keys)
        anchor = files.anchored
        let erasures: [Erasure]
        do {
            connection = try LogSchema.openWriter(files.log, .readWrite)
            let start = try WriterStart(of: connection)
            erasures = start.erasures
            edge = Edge(
                head: start.head, lastTime: start.lastTime, fences: Fences(erasures.map(\.scope)), tree: start.tree,
                origin: try CheckpointOrigins(of: identity, in: connection).current)
        } catch is SQLiteError {
            throw LogUnusable.damaged(files.log)
        }
        // What an older log has forgotten, the ledger remembers; what a crash kept from the ledger, the log does.
        for erasure in try ledger.record(erasures, log: identity) { edge.fences.add(erasure.scope) }
        // What was erased while the anchor was away, or before there was one.
        try anchor?.ledger.merge([ledger])
        let connection = connection
        try vault.catchUp(
            assignments: { try WriterStart.assignments(after: $0, in: connection) }, fences: edge.fences,
            through: edge.head)
        try releaseClaims(covered: edge.fences)
        LogSchema.protect(connection)
    }

    /// Commits the appends in one transaction. Each gets its own result; when the commit fails, all fail.
    func commit(_ appends: [Append]) -> [Result<Appended, any Error>] {
        let before = edge
        do {
            try connection.statement("BEGIN IMMEDIATE").execute()
            var results: [Result<Appended, any Error>] = []
            for append in appends { results.append(try inSavepoint { try add(append) }) }
            try storeTiles()
            try connection.statement("COMMIT").execute()
            unnoted += edge.assignments
            edge.assignments = []
            if unnoted.count >= WriterSession.assignmentsNotedAtOnce { try? noteAssignments() }
            return results
        } catch {
            try? connection.statement("ROLLBACK").execute()
            edge = before
            let failure = WriterSession.failure(error)
            return appends.map { _ in .failure(failure) }
        }
    }

    func signCheckpoint() throws -> SignedCheckpoint {
        let signed = try Checkpoint(origin: edge.origin, size: edge.tree.size, root: edge.tree.root)
            .signed(by: keyring.signingKey)
        try DurableFile.write(Array(signed.note.utf8), to: files.checkpoint)
        anchor?.keep(signed.note)
        return signed
    }

    func close() {
        try? noteAssignments()
        _ = try? signCheckpoint()
        _ = try? connection.integer("PRAGMA wal_checkpoint(TRUNCATE)")
        try? vault.close()
    }

    /// Runs one append so that its failure takes back only what it did.
    private func inSavepoint(_ body: () throws -> Appended) throws -> Result<Appended, any Error> {
        let before = edge
        try connection.statement("SAVEPOINT append").execute()
        do {
            let appended = try body()
            try connection.statement("RELEASE append").execute()
            return .success(appended)
        } catch let failure as AppendFailure {
            edge = before
            try connection.statement("ROLLBACK TO append").execute()
            try connection.statement("RELEASE append").execute()
            return .failure(failure)
        }
    }

    private func add(_ append: Append) throws -> Appended {
        if let earlier = try positions(of: append) { return Appended(positions: earlier, isRepetition: true) }
        for change in append.claims { try apply(change) }
        let first = edge.head + 1
        let time = max(append.time.milliseconds, edge.lastTime)
        for addition in append.streams {
            var version = try version(of: addition.stream)
            if case .exactly(let expected) = addition.expected, expected != version {
                throw AppendFailure.versionConflict(addition.stream, actual: version)
            }
            for event in addition.events {
                version += 1
                try insert(event, append, addition.stream, version, time)
            }
        }
        edge.lastTime = time
        return Appended(positions: edge.head >= first ? first...edge.head : nil, isRepetition: false)
    }

    private func insert(_ event: NewEvent, _ append: Append, _ stream: StreamName, _ version: Int, _ time: Int64) throws
    {
        let sealed = try event.sealed.map { try seal($0, of: event.type, stream, version) }
        let leaf = Leaf(
            position: edge.head + 1, stream: stream.description, version: version, type: event.type.name,
            schema: event.type.schema, time: time, actor: append.actor.description, causation: append.causation,
            command: append.command.description, subject: event.sealed?.subject.description,
            owner: event.sealed?.owner.description, key: sealed?.key, sealed: sealed?.bytes, clear: event.clear.bytes)
        let hash = leaf.hash
        let row = try connection.statement(
            "INSERT INTO events(\(StoredEvent.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        row.bind(1, leaf.position)
        row.bind(2, leaf.stream)
        row.bind(3, leaf.version)
        row.bind(4, leaf.type)
        row.bind(5, leaf.schema)
        row.bind(6, Int(leaf.time))
        row.bind(7, leaf.actor)
        row.bind(8, leaf.causation)
        row.bind(9, leaf.command)
        row.bind(10, leaf.subject)
        row.bind(11, leaf.owner)
        row.bind(12, leaf.key)
        row.bind(13, blob: leaf.sealed)
        row.bindText(14, utf8: leaf.clear)
        row.bind(15, blob: hash)
        try row.execute()
        edge.head += 1
        edge.tiles += edge.tree.append(hash)
        if let erasure = try Erasure(type: event.type, stream: stream, clear: event.clear) {
            edge.fences.add(erasure.scope)
            try releaseClaims(of: erasure.scope)
        }
        if let continued = try LogContinued(type: event.type, clear: event.clear) {
            edge.origin = CheckpointOrigins.name(of: identity, continued.id)
        }
    }

    /// Seals under the subject's key, or under a fresh one if this is the first that is sealed about it.
    private func seal(
        _ part: SealedPart, of type: EventType, _ stream: StreamName, _ version: Int
    ) throws -> (key: Int, bytes: [UInt8]) {
        guard !edge.fences.cover(part.subject, of: part.owner) else { throw AppendFailure.fenced(part.subject) }
        let known = try connection.statement("SELECT key, owner FROM events WHERE subject = ? LIMIT 1")
        known.bind(1, part.subject.description)
        let earlier = try known.rows { (key: $0.integer(0), owner: $0.text(1)) }.first
        let id: Int
        let key: SymmetricKey
        if let earlier {
            guard earlier.owner == part.owner.description, case .present(let present) = try vault.key(earlier.key)
            else {
                throw AppendFailure.fenced(part.subject)
            }
            (id, key) = (earlier.key, present)
        } else {
            (id, key) = try vault.takeKey()
            edge.assignments.append(.init(key: id, subject: part.subject, owner: part.owner))
        }
        let place = Seal.Place(
            log: identity, stream: stream.description, version: version, type: type.name, schema: type.schema,
            subject: part.subject.description, owner: part.owner.description, key: id)
        return (id, try Seal.seal(part.plaintext, with: key, at: place))
    }

    private func version(of stream: StreamName) throws -> Int {
        let statement = try connection.statement("SELECT max(version) FROM events WHERE stream = ?")
        statement.bind(1, stream.description)
        defer { statement.reset() }
        return try statement.step() ? statement.integer(0) : 0
    }

    private func positions(of append: Append) throws -> ClosedRange<Int>? {
        let statement = try connection.statement(
            "SELECT min(position), max(position), min(actor) FROM events WHERE command = ?")
        statement.bind(1, append.command.description)
        defer { statement.reset() }
        guard try statement.step(), !statement.isNull(0) else { return nil }
        guard statement.text(2) == append.actor.description else { throw AppendFailure.commandOfAnother }
        return statement.integer(0)...statement.integer(1)
    }

    private func apply(_ change: ClaimChange) throws {
        switch change {
        case .take(let claim, let owner):
            if edge.fences.cover(claim.kind.subject, of: owner) {
                throw AppendFailure.holderFenced(owner)
            }
            let hashes = keyring.hashes(of: claim)
            if let holder = try ClaimRows(connection).holder(of: claim.kind, hashes: hashes) {
                guard holder == owner.description else {
                    throw Owner(holder).map { AppendFailure.claimTaken(claim.kind, holder: $0) } ?? AppendFailure.closed
                }
                return
            }
            let row = try connection.statement("INSERT INTO claims(kind, hash, holder) VALUES (?, ?, ?)")
            row.bind(1, claim.kind.rawValue)
            row.bind(2, blob: hashes[0])
            row.bind(3, owner.description)
            try row.execute()
        case .release(let claim, let owner):
            let row = try connection.statement("DELETE FROM claims WHERE kind = ? AND hash = ? AND holder = ?")
            for hash in keyring.hashes(of: claim) {
                row.bind(1, claim.kind.rawValue)
                row.bind(2, blob: hash)
                row.bind(3, owner.description)
                try row.execute()
            }
        }
    }

    private func storeTiles() throws {
        let row = try connection.statement("INSERT INTO tiles(level, number, hashes) VALUES (?, ?, ?)")
        for tile in edge.tiles {
            row.bind(1, tile.level)
            row.bind(2, tile.number)
            row.bind(3, blob: Array(tile.hashes.joined()))
            try row.execute()
        }
        edge.tiles = []
    }

    /// The vault learns whose its keys are some time after the log does; a crash in between is made good by `Vault.catchUp`.
    func noteAssignments() throws {
        try vault.assign(unnoted, through: edge.head)
        unnoted = []
    }

    private static func failure(_ error: any Error) -> any Error {
        guard let error = error as? SQLiteError, error.isDiskFull else { return error }
        return AppendFailure.diskFull
    }
}
