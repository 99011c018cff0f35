package import Foundation

/// The result of a backup.
package struct BackupReport: Sendable {
    package let id: BackupID
    package let begun: Instant
    package let head: Int
    package let directory: URL
    package let bytes: Int
}

extension EventLog {
    /// Copies log, vault and keys into a new directory while the site runs, each into its own subdirectory.
    ///
    /// The log is copied before the vault and the vault before the keys, so that each copy has everything that the one before needs. The
    /// backup is recorded in the log before it is made, and in the ledgers before the manifests make it usable: no receipt promises too
    /// early an expiry. Waits for a rotation of the keys, which a running site begins by itself.
    /// - Throws: `BackupUnusable`, `MaintenanceRefusal`.
    package func backUp(
        to directory: URL, by actor: Actor, at begun: Instant,
        progress: @escaping MaintenanceProgress.Report = { _ in }
    ) async throws -> BackupReport {
        try await maintenance.alone(.backup, after: .keyRotation) {
            let copying = BackupCopying(
                id: .random(), begun: begun, directory: directory, files: files, log: identity, keyring: keyring)
            try copying.prepare()
            _ = try await append(
                Append(
                    command: CommandID(at: begun), actor: actor, time: begun,
                    streams: [
                        StreamAppend(
                            BackupBegun.stream, expected: .any,
                            encoded: [BackupBegun(id: copying.id, head: head).encoded()])
                    ]))
            let copied = try await LongWork.run("maintenance") { _ in try copying.copy(progress) }
            return BackupReport(
                id: copying.id, begun: begun, head: copied.head, directory: directory, bytes: copied.bytes)
        }
    }
}

/// The copying of one backup.
struct BackupCopying: Sendable {
    let id: BackupID
    let begun: Instant
    let directory: URL
    let files: LogFiles
    let log: LogIdentity
    let keyring: Keyring

    /// - Returns: the number of events in the copy, and the size of all files in bytes.
    func copy(_ progress: MaintenanceProgress.Report) throws -> (head: Int, bytes: Int) {
        let head = try copyLog(progress)
        try copyBlobs()
        try copyDatabase(files.vault, .vault, progress)
        // Expires with the vault. Not there before a site has served this data.
        if FileManager.default.fileExists(atPath: files.reading) { try copyDatabase(files.reading, .vault, progress) }
        try copyKeys()
        try ErasureLedger(directory: files.keys).note(id, log: log)
        try files.anchored?.ledger.note(id, log: log)
        return (head.size, try finish(head, progress))
    }

    /// - Returns: the size of all files in bytes.
    private func finish(_ head: Checkpoint, _ progress: MaintenanceProgress.Report) throws -> Int {
        var bytes = 0
        for (index, part) in BackupPart.allCases.enumerated() {
            progress(MaintenanceProgress(step: "checking", done: index, total: BackupPart.allCases.count))
            let epochs: [Int]
            switch part {
            case .log: epochs = [keyring.newestHashEpoch]
            case .vault: epochs = try epochsOfVault()
            case .keys: epochs = keyring.masterKeys.map(\.epoch)
            }
            let place = directory.appending(path: part.rawValue)
            let manifest = try BackupManifest(
                part, id, of: log, begun: begun, head: head, epochs: epochs, in: place)
            for name in manifest.files.keys {
                let attributes = try FileManager.default.attributesOfItem(atPath: place.appending(path: name).path)
                bytes += attributes[.size] as? Int ?? 0
            }
            try manifest.write(to: place)
        }
        return bytes
    }

    /// The epochs of the keys in the vault and in `reading.sqlite`.
    private func epochsOfVault() throws -> [Int] {
        let vault = try Vault.epochs(of: SQLiteConnection(place(.vault, "vault.sqlite").path, .immutable))
        let reading = place(.vault, URL(fileURLWithPath: files.reading).lastPathComponent)
        guard FileManager.default.fileExists(atPath: reading.path) else { return vault }
        let others = try WrappedMemberKey.epochs(of: SQLiteConnection(reading.path, .immutable))
        return Set(vault + others).sorted()
    }

    private func place(_ part: BackupPart, _ name: String) -> URL {
        directory.appending(path: part.rawValue).appending(path: name)
    }

    /// Creates the directories, before the backup is recorded anywhere.
    func prepare() throws {
        let manager = FileManager.default
        do {
            try manager.createDirectory(
                at: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            guard try manager.contentsOfDirectory(atPath: directory.path).isEmpty else {
                throw BackupUnusable.notEmpty(directory.path)
            }
            for part in BackupPart.allCases {
                try manager.createDirectory(
                    at: directory.appending(path: part.rawValue), withIntermediateDirectories: false,
                    attributes: [.posixPermissions: 0o700])
            }
        } catch let error as CocoaError {
            throw error.code == .fileWriteFileExists
                ? BackupUnusable.notEmpty(directory.path) : BackupUnusable.unreachable(directory.path)
        }
    }

    /// Copies the log with its own signed checkpoint, so that the directory is also what an auditor asks for.
    private func copyLog(_ progress: MaintenanceProgress.Report) throws -> Checkpoint {
        try copyDatabase(files.log, .log, progress)
        let copy = try SQLiteConnection(place(.log, "log.sqlite").path, .immutable)
        let tree = TreeReader(connection: copy, roots: TileRoots())
        let size = try tree.size()
        let origin = try CheckpointOrigins(of: log, in: copy).current
        let head = Checkpoint(origin: origin, size: size, root: try tree.root(at: size))
        try DurableFile.write(
            Array(try head.signed(by: keyring.signingKey).note.utf8), to: place(.log, "checkpoint").path)
        return head
    }

    private func copyDatabase(_ source: String, _ part: BackupPart, _ progress: MaintenanceProgress.Report) throws {
        let name = URL(fileURLWithPath: source).lastPathComponent
        let connection = try SQLiteConnection(source, .readOnly)
        try connection.run("BEGIN")
        // The read transaction begins with the first query.
        _ = try connection.integer("SELECT count(*) FROM sqlite_schema")
        try connection.copy(to: place(part, name).path) {
            progress(MaintenanceProgress(step: "copying the \(part.rawValue)", done: $0, total: $1))
        }
        try connection.run("COMMIT")
    }

    /// Copies the sealed files, whose keys are sealed in the log. A file that is erased while it is copied is left out.
    private func copyBlobs() throws {
        let blobs = SealedFiles(files)
        for name in blobs.names where !name.hasSuffix(".new") {
            let copy = place(.log, SealedFiles.prefixInBackup + name).path
            do {
                try DurableFile.copy(URL(fileURLWithPath: blobs.path(name)), to: copy)
            } catch  where !FileManager.default.fileExists(atPath: blobs.path(name)) {
                try DurableFile.remove(copy + ".new")
            }
        }
    }

    private func copyKeys() throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: files.keys.path).sorted()
        where name.hasSuffix(".key") || name == "erasures.ledger" {
            let bytes = try Data(contentsOf: files.keys.appending(path: name))
            try DurableFile.write(Array(bytes), to: place(.keys, name).path)
        }
    }
}
