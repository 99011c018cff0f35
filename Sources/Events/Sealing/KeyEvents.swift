extension ClearField<Int> {
    fileprivate static var epoch: Self { "epoch" }
}

/// That master and hash key were replaced: from then on an epoch number names the newest of both.
package struct KeysRotated: Hashable, Sendable {
    package let epoch: Int

    static let type = OperationEventName.keysRotated.type
    static let stream = StreamName("keys")

    func encoded() -> NewEvent {
        NewEvent(KeysRotated.type, clear: ClearPart { $0.write(.epoch, epoch) })
    }

    package init(epoch: Int) { self.epoch = epoch }

    /// Nil when the event is none of these.
    package init?(_ event: RecordedEvent) throws(MalformedEvent) {
        guard event.type == KeysRotated.type else { return nil }
        epoch = try event.clear(.epoch)
    }
}

extension Keyring {
    /// The claims of a log stand under the newest hash key that it names. Without that key none of them would be found.
    /// - Throws: `LogUnusable.hashKeyMissing`.
    func requireHashKey(of log: SQLiteConnection) throws {
        let statement = try log.statement(
            "SELECT \(EventRow.columns) FROM events WHERE stream = ? ORDER BY version DESC")
        statement.bind(1, KeysRotated.stream.description)
        let newest = try statement.rows { try KeysRotated(EventRow($0).recorded(content: .none)) }.lazy
            .compactMap { $0?.epoch }.first
        if let newest, !hashKeyExists(newest) { throw LogUnusable.hashKeyMissing(newest) }
    }
}

/// That the keys of a replaced epoch are destroyed: vaults wrapped under it open no more.
package struct KeyEpochDestroyed: Hashable, Sendable {
    package let epoch: Int

    static let type = OperationEventName.keyEpochDestroyed.type

    func encoded() -> NewEvent {
        NewEvent(KeyEpochDestroyed.type, clear: ClearPart { $0.write(.epoch, epoch) })
    }

    package init(epoch: Int) { self.epoch = epoch }

    /// Nil when the event is none of these.
    package init?(_ event: RecordedEvent) throws(MalformedEvent) {
        guard event.type == KeyEpochDestroyed.type else { return nil }
        epoch = try event.clear(.epoch)
    }
}
