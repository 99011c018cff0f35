import Foundation

/// Creates the files of a new site, keys first, so that an interrupted creation never leaves data without keys.
enum LogCreation {
    static func create(_ files: LogFiles, at time: Instant) throws -> VerifierKey {
        let manager = FileManager.default
        guard !manager.fileExists(atPath: files.log) else { throw LogUnusable.alreadyExists(files.log) }
        guard !manager.fileExists(atPath: Keyring.masterKey(1, in: files.keys).path) else {
            throw LogUnusable.alreadyExists(files.keys.path)
        }
        try manager.createDirectory(
            at: files.data, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let keyring = try Keyring.create(in: files.keys)
        let id = LogIdentity.newID(at: time)

        let connection = try LogSchema.openWriter(files.log, .create)
        try connection.run("PRAGMA application_id=\(LogSchema.applicationID); PRAGMA user_version=\(LogSchema.format)")
        try connection.run("BEGIN; \(LogSchema.tables) \(LogSchema.guards)")
        let identity = try connection.statement("INSERT INTO log(id, created) VALUES (?, ?)")
        identity.bind(1, id)
        identity.bind(2, Int(time.milliseconds))
        try identity.execute()
        try connection.run("COMMIT")

        let log = try LogIdentity(connection, files.log)
        try Vault.create(file: files.vault, keyring: keyring, log: log)
        for path in [files.log, files.vault] {
            try manager.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        }
        return keyring.verifierKey(of: CheckpointOrigins.name(of: log, nil))
    }
}
