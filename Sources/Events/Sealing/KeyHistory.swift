/// The master and hash keys over time, from the events about keys and backups.
package struct KeyHistory: Hashable, Sendable {
    /// The epoch in use.
    package private(set) var epoch = 1
    /// When the keys in use replaced the earlier ones, or the log was created.
    package private(set) var since: Instant
    /// Epochs that were replaced and not yet destroyed, the oldest first.
    package private(set) var replaced: [ReplacedEpoch] = []
    /// When a copy of the keys in use was last made or compared; nil when there is none.
    package private(set) var backedUp: Instant?

    /// - Parameters:
    ///   - events: those of the streams `keys` and `backups`, in any order.
    ///   - isFinished: whether a backup was finished; only the ledger says so.
    init(of log: LogIdentity, events: [RecordedEvent], isFinished: (BackupID) throws -> Bool) throws {
        since = log.created
        // Rotation and backup exclude each other, so the order of their events says which keys a backup has.
        var backups: [(id: BackupID, time: Instant)] = []
        for event in events.sorted(by: { $0.position < $1.position }) {
            if let rotated = try KeysRotated(event), rotated.epoch > epoch {
                replaced += (epoch..<rotated.epoch).map { ReplacedEpoch(epoch: $0, replaced: event.time) }
                (epoch, since, backedUp, backups) = (rotated.epoch, event.time, nil, [])
            }
            if let destroyed = try KeyEpochDestroyed(event) { replaced.removeAll { $0.epoch == destroyed.epoch } }
            if let backup = try BackupBegun(event) { backups.append((backup.id, event.time)) }
            if let confirmed = try KeysBackedUp(event), confirmed.epoch == epoch { backedUp = event.time }
        }
        // The newest first: looking into the ledger takes longer than anything else here.
        for backup in backups.reversed() where backup.time >= backedUp ?? since {
            guard try isFinished(backup.id) else { continue }
            backedUp = backup.time
            return
        }
    }
}

extension EventLog {
    package func keyHistory() throws -> KeyHistory {
        let ledger = ErasureLedger(directory: files.keys)
        return try KeyHistory(of: identity, events: events(in: KeysRotated.stream) + events(in: BackupBegun.stream)) {
            ledger.names($0, log: identity)
        }
    }

    /// Epochs that were replaced and not yet destroyed, the oldest first.
    package func replacedEpochs() throws -> [ReplacedEpoch] { try keyHistory().replaced }
}
