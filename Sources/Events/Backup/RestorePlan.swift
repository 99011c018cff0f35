package import Foundation

/// The input of a restoration: the target, the backup, a newer ledger, and whether a loss is accepted.
package struct RestoreOrder: Sendable {
    package let files: LogFiles
    package let backup: URL
    /// A newer erasure ledger than the one in the keys directory.
    package let ledger: URL?
    package let acceptsLoss: Bool

    package init(files: LogFiles, backup: URL, ledger: URL? = nil, acceptsLoss: Bool = false) {
        self.files = files
        self.backup = backup
        self.ledger = ledger
        self.acceptsLoss = acceptsLoss
    }
}

/// The steps of a restoration, determined before anything is changed.
package struct RestorePlan: Sendable {
    /// The parts that come from the backup; the others are there already.
    package let parts: [BackupPart]
    package let head: Int
    /// The loss, when the log would end before a head that was kept.
    package let continued: LogContinued?

    let order: RestoreOrder
    let log: LogIdentity
    /// The backups' ids, by which an interrupted restoration is recognised.
    let backups: [String]

    /// - Throws: `BackupUnusable`, `LogUnusable`.
    package init(_ order: RestoreOrder) throws {
        self.order = order
        let manifests = try BackupPart.allCases.compactMap { try BackupManifest($0, in: order.backup) }
        guard !manifests.isEmpty else { throw BackupUnusable.nothingThere(order.backup.path) }
        let files = order.files
        try files.anchored?.require()
        backups = Set(manifests.map(\.backup)).sorted()
        let begun = try RestoreMarker(files)
        if let begun, begun.backups != backups {
            throw BackupUnusable.otherRestoreUnfinished(begun.backups.joined(separator: ", "))
        }
        let candidates = try RestoreCandidates(order, manifests, begun)
        parts = candidates.parts
        log = try candidates.identity(manifests)
        let keyring = try Keyring(directory: candidates.keys)
        for manifest in manifests where manifest.part == .log && candidates.parts.contains(.log) {
            for epoch in manifest.epochs where !keyring.hashKeyExists(epoch) { throw LogUnusable.hashKeyMissing(epoch) }
        }
        try keyring.requireHashKey(of: SQLiteConnection.reading(candidates.log.path))
        try candidates.requireVault(of: log, keyring)
        if let reading = candidates.reading(files) {
            for epoch in try WrappedMemberKey.epochs(of: SQLiteConnection.reading(reading.path))
            where !keyring.masterKeys.contains(where: { $0.epoch == epoch }) {
                throw LogUnusable.epochMissing(epoch)
            }
        }
        try RestoreLedgers(order, keysAreFromBackup: candidates.parts.contains(.keys)).require(
            manifests.filter { candidates.parts.contains($0.part) }, log)

        let connection = try SQLiteConnection.reading(candidates.log.path)
        let tree = TreeReader(connection: connection, roots: TileRoots())
        let origins = try CheckpointOrigins(of: log, in: connection)
        let size = try tree.size()
        head = size
        if let begun, begun.isPlaced {
            continued = try begun.continued
        } else {
            continued = try RestorePlan.loss(order, size, origins, tree)
        }
    }

    private static func loss(
        _ order: RestoreOrder, _ head: Int, _ origins: CheckpointOrigins, _ tree: TreeReader
    ) throws -> LogContinued? {
        let kept = KeptCheckpoints(order.files)
        for known in kept.all.map(\.checkpoint) where origins.areOfLog(known.origin) && known.size <= head {
            guard origins[known.origin] != nil, try tree.root(at: known.size) == known.root else {
                throw BackupUnusable.otherContinuation(known.origin)
            }
        }
        guard let known = kept.beyond(head, of: origins)?.checkpoint else { return nil }
        guard order.acceptsLoss, let root = TextHash(Hex.encode(known.root)) else {
            throw BackupUnusable.lossNotAccepted(head: head, known: known.size)
        }
        return LogContinued(id: .random(), lastKnown: known.size, root: root, lostFrom: head + 1)
    }
}

/// Where each part of the restored site will come from.
private struct RestoreCandidates {
    let parts: [BackupPart]
    let log: URL
    let vault: URL
    let keys: URL

    init(_ order: RestoreOrder, _ manifests: [BackupManifest], _ begun: RestoreMarker?) throws {
        let inBackup = Set(manifests.map(\.part))
        var parts: [BackupPart] = []
        func choose(_ part: BackupPart, _ file: String) throws -> URL {
            let present = URL(fileURLWithPath: file)
            guard inBackup.contains(part) else {
                guard FileManager.default.fileExists(atPath: file) else { throw BackupUnusable.partMissing(part) }
                return present
            }
            if begun?.parts.contains(part) != true {
                for path in [file, file + "-wal", file + "-journal"] where RestoreCandidates.isInTheWay(path) {
                    throw BackupUnusable.inTheWay(path)
                }
            }
            parts.append(part)
            return order.backup.appending(path: part.rawValue).appending(path: present.lastPathComponent)
        }
        log = try choose(.log, order.files.log)
        vault = try choose(.vault, order.files.vault)
        // Existing keys stay: they may be newer, and destroyed keys must not come back.
        let names = (try? FileManager.default.contentsOfDirectory(atPath: order.files.keys.path)) ?? []
        if names.contains(where: { $0.hasSuffix(".key") }), begun?.parts.contains(.keys) != true {
            keys = order.files.keys
        } else {
            guard inBackup.contains(.keys) else { throw BackupUnusable.partMissing(.keys) }
            parts.append(.keys)
            keys = order.backup.appending(path: BackupPart.keys.rawValue)
        }
        self.parts = parts
    }

    /// Readers leave an empty WAL behind, which is not in the way.
    private static func isInTheWay(_ path: String) -> Bool {
        let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
        return size ?? 0 > 0
    }

    /// The file of what members have read that the restored site will have; nil when there is none.
    func reading(_ files: LogFiles) -> URL? {
        let present = URL(fileURLWithPath: files.reading)
        if FileManager.default.fileExists(atPath: present.path) { return present }
        let inBackup = vault.deletingLastPathComponent().appending(path: present.lastPathComponent)
        return parts.contains(.vault) && FileManager.default.fileExists(atPath: inBackup.path) ? inBackup : nil
    }

    func identity(_ manifests: [BackupManifest]) throws -> LogIdentity {
        let identity = try LogIdentity(SQLiteConnection.reading(log.path), log.path)
        for manifest in manifests where manifest.log != identity.id {
            throw BackupUnusable.ofDifferentLogs("the backup's \(manifest.part.rawValue)")
        }
        guard try SQLiteConnection.reading(vault.path).text("SELECT log FROM vault") == identity.id else {
            throw LogUnusable.vaultOfAnotherLog
        }
        return identity
    }

    /// Requires that the vault opens, and has the key of every event.
    func requireVault(of identity: LogIdentity, _ keyring: Keyring) throws {
        let connection = try SQLiteConnection.reading(vault.path)
        try Vault.requireEpochs(of: connection, in: keyring)
        try Vault.requireCheck(of: connection, in: keyring, log: identity)
        let last = try connection.integer("SELECT max(id) FROM keys") ?? 0
        if let position = try SQLiteConnection.reading(log.path).integer(
            "SELECT min(position) FROM events WHERE key > \(last)")
        {
            throw LogUnusable.vaultOlderThanLog(position: position)
        }
    }
}

/// The erasure ledgers that can be found.
struct RestoreLedgers {
    /// Any of them may be newer than the backup.
    let found: [ErasureLedger]
    /// Certainly older than the backup, but it may have erasures that the others lack.
    let inBackup: ErasureLedger

    init(_ order: RestoreOrder, keysAreFromBackup: Bool) throws {
        var candidates: [ErasureLedger] = []
        if let file = order.ledger {
            guard FileManager.default.isReadableFile(atPath: file.path) else {
                throw BackupUnusable.unreachable(file.path)
            }
            candidates.append(ErasureLedger(file: file))
        }
        if !keysAreFromBackup { candidates.append(ErasureLedger(directory: order.files.keys)) }
        if let anchor = order.files.anchored { candidates.append(anchor.ledger) }
        found = candidates.filter(\.exists)
        inBackup = ErasureLedger(directory: order.backup.appending(path: BackupPart.keys.rawValue))
    }

    /// Requires that a ledger names each part's backup: that ledger was then in use after the backup was made.
    func require(_ manifests: [BackupManifest], _ log: LogIdentity) throws {
        for ledger in found { _ = try ledger.erasures(of: log) }
        guard !found.isEmpty else { throw BackupUnusable.noLedger }
        for manifest in manifests {
            guard let id = manifest.id, found.contains(where: { $0.names(id, log: log) }) else {
                throw BackupUnusable.ledgerOlderThanBackup(manifest.backup)
            }
        }
    }
}
