import Foundation

extension LogExaminations {
    package func keyHistory() throws -> KeyHistory {
        let identity = try openLog().identity
        let ledger = ErasureLedger(directory: files.keys)
        return try KeyHistory(of: identity, events: events(in: KeysRotated.stream) + events(in: BackupBegun.stream)) {
            ledger.names($0, log: identity)
        }
    }

    /// The events of a stream, without what is sealed.
    package func events(in stream: StreamName) throws -> [RecordedEvent] {
        let statement = try openLog().connection.statement(
            "SELECT \(EventRow.columns) FROM events WHERE stream = ? ORDER BY version")
        statement.bind(1, stream.description)
        return try statement.rows { try EventRow($0).recorded(content: .none) }
    }

    /// Whether a rotation was interrupted.
    func rotation() throws -> Examination {
        let keyring = try Keyring(directory: files.keys)
        let newest = keyring.newestEpoch.epoch
        let left = try openVault().integer("SELECT count(*) FROM keys WHERE wrapped IS NOT NULL AND epoch < \(newest)")
        if left ?? 0 > 0 || newest != keyring.newestHashEpoch {
            return Examination(
                "key rotation", .warning,
                "one is unfinished, \(left ?? 0) keys are left; the site goes on with it within the hour, 'keys rotate' at once"
            )
        }
        let old = keyring.masterKeys.count - 1
        let replaced = old == 0 ? "no replaced keys are left" : "\(old) replaced, not yet destroyed"
        return Examination("key rotation", .ok, "epoch \(newest) since \(try keyHistory().since), \(replaced)")
    }

    /// Whether a copy of the keys in use exists: without one, the loss of the keys directory is the loss of everything sealed.
    func keyBackup() throws -> Examination {
        let history = try keyHistory()
        if let time = history.backedUp {
            return Examination("key backup", .ok, "the keys in use were backed up at \(time)")
        }
        return Examination(
            "key backup", .warning,
            "the keys in use since \(history.since) were not backed up; 'mikroforetag backup DIR' does it, 'keys backed-up DIR' compares a copy made by hand"
        )
    }
}
