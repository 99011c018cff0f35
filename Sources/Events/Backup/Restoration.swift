import Foundation

/// Restores a site in two steps, so that the caller can handle its own files next to the log in between: `place` puts every file in its
/// place, `finish` opens the log and brings it up to date with the ledger.
package struct Restoration: Sendable {
    package let plan: RestorePlan
    private let holds: HoldCheck
    private var files: LogFiles { plan.order.files }

    /// The caller must hold the lock of the data directory.
    package init(_ plan: RestorePlan, holds: HoldCheck) {
        self.plan = plan
        self.holds = holds
    }

    /// After a crash at any point, the next restoration from the same backup begins again.
    package func place(progress: MaintenanceProgress.Report = { _ in }) throws {
        if try RestoreMarker(files)?.isPlaced == true { return }
        try FileManager.default.createDirectory(
            at: files.keys, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        try RestoreMarker(plan, isPlaced: false).write(to: files)
        for (index, part) in plan.parts.enumerated() {
            progress(
                MaintenanceProgress(step: "putting back the \(part.rawValue)", done: index, total: plan.parts.count))
            try place(part)
        }
        let ledgers = try RestoreLedgers(plan.order, keysAreFromBackup: plan.parts.contains(.keys))
        try ErasureLedger(directory: files.keys).merge(ledgers.found + [ledgers.inBackup])
        try RestoreMarker(plan, isPlaced: true).write(to: files)
    }

    /// After a crash at any point, the next restoration continues from there.
    package func finish(at time: Instant) async throws -> RestoreReport {
        let log = try EventLog(files, holds: holds, opening: .byRestoration)
        do {
            try await goOn(log, at: time)
            let again = try await log.fenceForgottenErasures(by: .operator, at: time)
            let report = RestoreReport(
                parts: plan.parts, head: log.head, continued: plan.continued, fencedAgain: again,
                origin: try CheckpointOrigins(of: log.identity, in: SQLiteConnection(files.log, .readOnly)).current)
            await log.close()
            try DurableFile.remove(files.restoring)
            return report
        } catch {
            await log.close()
            throw error
        }
    }

    private func place(_ part: BackupPart) throws {
        let source = plan.order.backup.appending(path: part.rawValue)
        switch part {
        case .log:
            try placeBlobs(source)
            try placeDatabase(source, files.log)
        case .vault:
            try placeReading(source)
            try placeDatabase(source, files.vault)
        case .keys:
            for name in try FileManager.default.contentsOfDirectory(atPath: source.path).sorted()
            where name.hasSuffix(".key") {
                try DurableFile.copy(source.appending(path: name), to: files.keys.appending(path: name).path)
            }
        }
    }

    private func placeBlobs(_ source: URL) throws {
        let prefix = SealedFiles.prefixInBackup
        let names = try FileManager.default.contentsOfDirectory(atPath: source.path).filter { $0.hasPrefix(prefix) }
        guard !names.isEmpty else { return }
        try FileManager.default.createDirectory(
            at: files.blobs, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        for name in names.sorted() {
            let place = files.blobs.appending(path: String(name.dropFirst(prefix.count)))
            try DurableFile.copy(source.appending(path: name), to: place.path)
        }
    }

    /// An existing file stays, as keys do: it may be newer. Backups from before it existed have none.
    private func placeReading(_ source: URL) throws {
        let name = URL(fileURLWithPath: files.reading).lastPathComponent
        guard !FileManager.default.fileExists(atPath: files.reading),
            FileManager.default.fileExists(atPath: source.appending(path: name).path)
        else { return }
        try placeDatabase(source, files.reading)
    }

    private func placeDatabase(_ source: URL, _ path: String) throws {
        try DatabaseFiles(path).deleteCompanions()
        try DurableFile.syncDirectory(of: path)
        let name = URL(fileURLWithPath: path).lastPathComponent
        try DurableFile.copy(source.appending(path: name), to: path)
    }

    /// Appends the event that states the loss as the first one after it, and keeps the earlier signed checkpoints.
    private func goOn(_ log: EventLog, at time: Instant) async throws {
        guard let continued = plan.continued,
            try !log.events(in: LogContinued.stream).contains(where: { try LogContinued($0)?.id == continued.id })
        else { return }
        for kept in [URL(fileURLWithPath: files.checkpoint)] + (files.anchored.map { [$0.checkpoint] } ?? []) {
            guard let note = FileManager.default.contents(atPath: kept.path) else { continue }
            let place = kept.deletingLastPathComponent().appending(path: "checkpoint-before-\(continued.id)")
            try DurableFile.write(Array(note), to: place.path)
        }
        _ = try await log.append(
            Append(
                command: CommandID(at: time), actor: .operator, time: time,
                streams: [
                    StreamAppend(LogContinued.stream, expected: .any, encoded: [continued.encoded()])
                ]))
    }
}

/// The result of a restoration.
package struct RestoreReport: Sendable {
    /// The parts that came from the backup.
    package let parts: [BackupPart]
    package let head: Int
    package let continued: LogContinued?
    /// The number of erasures that the ledger named and the restored log did not.
    package let fencedAgain: Int
    /// The origin under which checkpoints are signed from now on.
    package let origin: String
}
