/// That a backup was made: what was erased after it was begun may be in it until it is thrown away.
package struct BackupMade: Hashable, Sendable {
    package let id: BackupID
    package let begun: Instant
    /// How many events are in it.
    package let head: Int

    package init(id: BackupID, begun: Instant, head: Int) {
        self.id = id
        self.begun = begun
        self.head = head
    }

    static let type = EventType("operation.backup-made", 1)
    static let stream = StreamName("backups")

    func encoded() -> NewEvent {
        NewEvent(
            BackupMade.type,
            clear: ClearPart { json in
                json.instant("begun", begun)
                json.integer("head", head)
                json.id("id", id)
            })
    }

    /// Nil when the event is none of these.
    package init?(_ event: RecordedEvent) throws(MalformedEvent) {
        guard event.type == BackupMade.type else { return nil }
        self = try event.clear { (json) throws(MalformedEvent) in
            let begun = try json.instant("begun")
            let head = try json.integer("head")
            return BackupMade(id: try json.id("id"), begun: begun, head: head)
        }
    }
}

extension EventLog {
    /// When the last backup that could hold what was erased at `time` is to be thrown away: `kept` tells how long one is kept.
    ///
    /// Nil when no backup is that old, or all that are have gone by then.
    package func lastBackupExpiry(ofErasedAt time: Instant, kept: (Instant) -> Instant) throws -> Instant? {
        try events(in: BackupMade.stream).compactMap { event -> Instant? in
            guard let made = try BackupMade(event), made.begun <= time else { return nil }
            // Counted from when it was finished: nobody throws it away before.
            let expiry = kept(event.time)
            return expiry > time ? expiry : nil
        }.max()
    }
}
