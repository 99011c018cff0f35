extension ClearField<Int> {
    fileprivate static var epoch: Self { "epoch" }
}

/// The event that master key and hash key were replaced: `epoch` is from then on the newest of both.
package struct KeysRotated: Hashable, Sendable {
    package let epoch: Int

    static let type = OperationEventName.keysRotated.type
    static let stream = StreamName("keys")

    func encoded() -> NewEvent {
        NewEvent(KeysRotated.type, clear: ClearPart { $0.write(.epoch, epoch) })
    }

    package init(epoch: Int) { self.epoch = epoch }

    /// Nil for any other event.
    package init?(_ event: RecordedEvent) throws(MalformedEvent) {
        guard event.type == KeysRotated.type else { return nil }
        epoch = try event.clear(.epoch)
    }
}

extension Keyring {
    /// Requires the newest hash key that the log names: its claims are hashed under that key and could not be found without it.
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

/// The event that the keys of a replaced epoch are destroyed: vaults wrapped under it can no longer be opened.
package struct KeyEpochDestroyed: Hashable, Sendable {
    package let epoch: Int

    static let type = OperationEventName.keyEpochDestroyed.type

    func encoded() -> NewEvent {
        NewEvent(KeyEpochDestroyed.type, clear: ClearPart { $0.write(.epoch, epoch) })
    }

    package init(epoch: Int) { self.epoch = epoch }

    /// Nil for any other event.
    package init?(_ event: RecordedEvent) throws(MalformedEvent) {
        guard event.type == KeyEpochDestroyed.type else { return nil }
        epoch = try event.clear(.epoch)
    }
}
