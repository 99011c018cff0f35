import Crypto

/// The append-only log of everything that ever happened: append, read, head. The one facade of this module.
///
/// Durable when `append` returns; safe to use from any thread.
package final class EventLog: Sendable {
    package let identity: LogIdentity
    let files: LogFiles
    let vault: Vault
    let keyring: Keyring
    let holds: HoldCheck
    let writer: LogWriter
    /// The origin under which checkpoints are signed.
    let origin: String
    let maintenance = Maintenance()
    let readers: ReaderPool
    let tileRoots = TileRoots()
    let fenceFollowers = Followers()
    let wrappedKeys = WrappedKeyStores()

    /// Creates the files of a new site. Refuses a directory that already has a log.
    /// - Returns: the verifier key, with which auditors check the log's checkpoints.
    package static func create(_ files: LogFiles, at time: Instant) throws -> VerifierKey {
        try LogCreation.create(files, at: time)
    }

    /// Opens the log for reading and writing. The caller must hold the lock of the data directory.
    /// - Parameter holds: which erasures are deferred by legal holds.
    /// - Throws: `LogUnusable` when keys, vault and log do not belong together.
    package convenience init(_ files: LogFiles, holds: HoldCheck) throws {
        try self.init(files, holds: holds, opening: .asUsual)
    }

    /// - Parameter makeDurable: replaces the sync of the WAL; tests delay it or make it fail.
    init(
        _ files: LogFiles, holds: HoldCheck, opening: Opening, makeDurable: (@Sendable () throws -> Void)? = nil
    ) throws {
        self.files = files
        self.holds = holds
        try files.anchored?.require()
        keyring = try Keyring(directory: files.keys)
        identity = try LogIdentity(readingFrom: files.log)
        origin = try opening.check(files, identity, keyring)
        vault = try Vault(file: files.vault, keyring: keyring, log: identity)
        writer = try LogWriter(
            files: files, identity: identity, vault: vault, keyring: keyring, holds: holds, makeDurable: makeDurable)
        readers = ReaderPool(path: files.log, vault: vault, log: identity)
    }

    /// Appends what one command decided. Durable when it returns.
    /// - Throws: `AppendFailure`.
    package func append(_ append: Append) async throws -> Appended { try await writer.append(append) }

    /// The position of the last durable event; 0 for an empty log.
    package var head: Int { writer.head }

    /// The number of transactions since opening; group commit makes it smaller than the number of appends.
    package var transactions: Int { writer.transactions }

    /// Registers a closure that is called each time the head has moved, on the thread that announces it, until the log closes. Must not
    /// block.
    package func whenMoved(_ tell: @escaping @Sendable () -> Void) { writer.whenMoved(tell) }

    /// A stream of heads: the present one first, then each new one. Intermediate heads may be skipped.
    package func heads() -> AsyncStream<Int> { writer.heads() }

    package func events(in stream: StreamName, after version: Int = 0) throws -> [RecordedEvent] {
        try readers.read { try $0.events(in: stream, after: version) }
    }

    /// At most `limit` durable events after `position`, in order.
    package func events(after position: Int, limit: Int) throws -> [RecordedEvent] {
        let limit = min(limit, head - position)
        return limit <= 0 ? [] : try readers.read { try $0.events(after: position, limit: limit) }
    }

    /// The state of a stream, and the version at which it was read.
    package func state<State: EventSourced>(
        of stream: StreamName, as type: State.Type = State.self
    ) throws -> (state: State, version: Int) {
        var state = State.initial
        var version = 0
        for event in try events(in: stream) {
            version = event.version
            try state.evolve(event)
        }
        return (state, version)
    }

    /// Whether a command has appended an event.
    package func holds(_ command: CommandID) throws -> Bool { try readers.read { try $0.holds(command) } }

    /// The stream of the first event that a command appended; nil when it appended none.
    ///
    /// Works in every log, unlike deriving the id from the command: that derivation has changed.
    package func stream(of command: CommandID) throws -> StreamName? { try readers.read { try $0.stream(of: command) } }

    /// The holder of a claim, if it has one.
    package func holder(of claim: Claim) throws -> Owner? {
        try readers.read { try $0.holder(of: claim.kind, hashes: keyring.hashes(of: claim)) }
    }

    /// The owner's subjects of the given kinds whose keys are not destroyed.
    package func subjects(of owner: Owner, _ kinds: [SubjectKind]) async throws -> [Subject] {
        try await writer.subjects(of: owner).filter { kinds.contains($0.kind) }
    }

    /// 32 unpredictable bytes, the same each time for the same words: for links that are shown more than once and stored nowhere.
    package func secret(_ words: String) -> [UInt8] { keyring.secret(words) }

    /// The signed head of the log as a transparency log (C2SP tlog-checkpoint).
    package func checkpoint() async throws -> SignedCheckpoint { try await writer.checkpoint() }

    /// The public key that verifies the checkpoints' signatures.
    package var verifierKey: VerifierKey { keyring.verifierKey(of: origin) }

    /// Writes pending appends, truncates the WAL and closes the files.
    package func close() async {
        await readers.close()
        fenceFollowers.finish()
        await writer.close()
    }
}
