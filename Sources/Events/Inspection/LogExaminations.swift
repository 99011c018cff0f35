import CSQLite
package import Foundation

/// Checks log, vault, keys, ledger and anchor, whether or not the site is running. Changes nothing.
package struct LogExaminations: Sendable {
    let files: LogFiles

    package init(_ files: LogFiles) { self.files = files }

    /// - Parameter claims: names the claims that an event may have taken.
    package func all(at now: Instant, claims: ClaimsOfEvent) -> [Examination] {
        [
            Examination.of("sqlite", library), Examination.of("restore", restoration),
            Examination.of("log", log), Examination.of("vault", vault), Examination.of("keys", keys),
            Examination.of("key files", keyFiles), Examination.of("key rotation", rotation),
            Examination.of("key backup", keyBackup),
            Examination.of("vault and log") { try agreement(at: now) },
            Examination.of("names") { try names(claims) },
            Examination.of("erasures") { try erasures(at: now) },
            Examination.of("ledger") { try ledger(ErasureLedger(directory: files.keys), "the erasure ledger") },
            Examination.of("checkpoint") { try checkpoint(files.checkpoint, "the last checkpoint") },
            Examination.of("anchor", anchor), Examination.of("backups") { try backups(at: now) },
            Examination.of("clock") { try clock(at: now) },
        ]
    }

    /// Runs SQLite's integrity check on any database file.
    package static func integrity(of path: String, _ name: String) -> Examination {
        Examination.of(name) {
            let report = try SQLiteConnection.reading(path).statement("PRAGMA integrity_check(3)").rows { $0.text(0) }
            return report == ["ok"]
                ? Examination(name, .ok, "its structure is sound")
                : Examination(
                    name, .wrong, "its structure is broken (\(report.first ?? "no answer")); restore it from a backup")
        }
    }

    /// The position of the last event.
    package func head() throws -> Int { try openLog().connection.integer("SELECT max(position) FROM events") ?? 0 }

    func openLog() throws -> (connection: SQLiteConnection, identity: LogIdentity) {
        try LogUnusable.requireLog(at: files.log)
        let connection = try SQLiteConnection.reading(files.log)
        return (connection, try LogIdentity(connection, files.log))
    }

    func openVault() throws -> SQLiteConnection {
        guard FileManager.default.fileExists(atPath: files.vault) else { throw LogUnusable.noKeys(files.vault) }
        return try SQLiteConnection.reading(files.vault)
    }

    /// Reports SQLite's version, and checks the pragmas in force on a file opened as the log's writer opens its own.
    private func library() throws -> Examination {
        let file = FileManager.default.temporaryDirectory.appending(
            path: "doctor-\(UInt64.random(in: 0...UInt64.max)).sqlite"
        ).path
        defer { try? DatabaseFiles(file).delete() }
        let connection = try LogSchema.openWriter(file, .create)
        let found = try LogSchema.pragmas.map { "\($0.name)=\(try connection.text("PRAGMA \($0.name)") ?? "")" }
        let wanted = LogSchema.pragmas.map { "\($0.name)=\($0.value)" }
        let words = "\(SQLiteConnection.sqliteVersion); \(found.joined(separator: " "))"
        return Examination("sqlite", found == wanted ? .ok : .wrong, words)
    }

    private func restoration() throws -> Examination {
        guard FileManager.default.fileExists(atPath: files.restoring) else {
            return Examination("restore", .ok, "none is under way")
        }
        return Examination("restore", .wrong, LogUnusable.restoreUnfinished.description)
    }

    private func log() throws -> Examination {
        let (connection, identity) = try openLog()
        let head = try connection.integer("SELECT max(position) FROM events") ?? 0
        let mode = try connection.text("PRAGMA journal_mode") ?? ""
        let sound = LogExaminations.integrity(of: files.log, "log")
        guard sound.verdict == .ok else { return sound }
        let words = "\(identity.id), \(head) events, format \(LogSchema.format), \(sound.words)"
        return ["wal", "delete"].contains(mode)
            ? Examination("log", .ok, words) : Examination("log", .wrong, "journal mode \(mode) is not the log's own")
    }

    private func vault() throws -> Examination {
        let (_, identity) = try openLog()
        let connection = try openVault()
        let sound = LogExaminations.integrity(of: files.vault, "vault")
        guard sound.verdict == .ok else { return sound }
        guard try connection.text("SELECT log FROM vault") == identity.id else { throw LogUnusable.vaultOfAnotherLog }
        let held = try connection.integer("SELECT count(*) FROM keys WHERE wrapped IS NOT NULL AND subject IS NOT NULL")
        let destroyed = try connection.integer("SELECT count(*) FROM keys WHERE wrapped IS NULL")
        return Examination("vault", .ok, "\(held ?? 0) keys in use, \(destroyed ?? 0) destroyed, \(sound.words)")
    }

    private func keys() throws -> Examination {
        let (_, identity) = try openLog()
        let keyring = try Keyring(directory: files.keys)
        let connection = try openVault()
        _ = try Vault(connection, keyring: keyring, log: identity)
        try keyring.requireHashKey(of: openLog().connection)
        let newest = keyring.newestEpoch.epoch
        return Examination("keys", .ok, "they open the vault; epoch \(newest) is in use")
    }

    private func keyFiles() throws -> Examination {
        let manager = FileManager.default
        func mode(_ path: String) throws -> Int {
            (try manager.attributesOfItem(atPath: path)[.posixPermissions] as? Int) ?? 0
        }
        let names = try manager.contentsOfDirectory(atPath: files.keys.path).sorted()
        let open = try names.filter { try mode(files.keys.appending(path: $0).path) & 0o077 != 0 }
        if !open.isEmpty {
            return Examination(
                "key files", .wrong, "others may read \(open.joined(separator: ", ")); set the mode of each to 0600")
        }
        guard try mode(files.keys.path) & 0o077 == 0 else {
            return Examination("key files", .wrong, "others may enter \(files.keys.path); set its mode to 0700")
        }
        let isSameDevice = try LogExaminations.device(files.keys.path) == LogExaminations.device(files.data.path)
        return isSameDevice
            ? Examination("key files", .warning, "only their owner reads them, but they lie on the medium of the data")
            : Examination("key files", .ok, "only their owner reads them, and they lie on a medium of their own")
    }

    static func device(_ path: String) throws -> UInt {
        var status = stat()
        guard stat(path, &status) == 0 else { throw BackupUnusable.unreachable(path) }
        return UInt(status.st_dev)
    }
}

extension URL {
    /// Whether two files lie on one medium.
    package func isOnMedium(of other: URL) throws -> Bool {
        try LogExaminations.device(path) == LogExaminations.device(other.path)
    }
}
