/// The event that a backup was begun. It precedes the copying, so that a backup of an idle site is restored without loss; a backup that
/// was never finished only makes a receipt name a later day than necessary.
package struct BackupBegun: Hashable, Sendable {
    package let id: BackupID
    /// The number of events in the log, this one not counted.
    package let head: Int

    package init(id: BackupID, head: Int) {
        self.id = id
        self.head = head
    }

    static let type = OperationEventName.backupBegun.type
    static let stream = StreamName("backups")

    func encoded() -> NewEvent { NewEvent(BackupBegun.type, clear: ClearPart(self)) }

    /// Nil for any other event.
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
    /// The expiry of the last backup that may hold what was erased at `time`; nil when there is none, or all have expired by then.
    /// - Parameter kept: returns the expiry of a backup from the time at which it was begun.
    package func lastBackupExpiry(ofErasedAt time: Instant, kept: (Instant) -> Instant) throws -> Instant? {
        try events(in: BackupBegun.stream).compactMap { event -> Instant? in
            guard event.type == BackupBegun.type, event.time <= time else { return nil }
            let expiry = kept(event.time)
            return expiry > time ? expiry : nil
        }.max()
    }
}
