/// That a backup was begun. It comes before the copying, so that a site that is backed up and stands still is restored without loss;
/// one that was never finished only makes a receipt name a later day than it must.
package struct BackupBegun: Hashable, Sendable {
    package let id: BackupID
    /// How many events the log had, this one not counted.
    package let head: Int

    package init(id: BackupID, head: Int) {
        self.id = id
        self.head = head
    }

    static let type = OperationEventName.backupBegun.type
    static let stream = StreamName("backups")

    func encoded() -> NewEvent { NewEvent(BackupBegun.type, clear: ClearPart(self)) }

    /// Nil when the event is none of these.
    package init?(_ event: RecordedEvent) throws(MalformedEvent) {
        guard event.type == BackupBegun.type else { return nil }
        self = try event.clear()
    }
}

extension BackupBegun: ClearRecord {
    package init<Fields: ClearFields>(_ fields: inout Fields) throws(Fields.Failure) where Fields.Record == Self {
        head = try fields("head", \.head)
        id = try fields("id", \.id)
    }
}

extension EventLog {
    /// When the last backup that could hold what was erased at `time` is to be thrown away: `kept` tells until when one is kept that was
    /// begun at a moment.
    ///
    /// Nil when no backup is that old, or all that are have gone by then.
    package func lastBackupExpiry(ofErasedAt time: Instant, kept: (Instant) -> Instant) throws -> Instant? {
        try events(in: BackupBegun.stream).compactMap { event -> Instant? in
            guard event.type == BackupBegun.type, event.time <= time else { return nil }
            let expiry = kept(event.time)
            return expiry > time ? expiry : nil
        }.max()
    }
}
