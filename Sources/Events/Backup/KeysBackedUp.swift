package import Foundation

/// The event that the operator showed a copy of the keys in use that no backup made; it was compared with them.
package struct KeysBackedUp: Hashable, Sendable {
    package let epoch: Int

    package init(epoch: Int) { self.epoch = epoch }

    static let type = OperationEventName.keysBackedUp.type

    func encoded() -> NewEvent { NewEvent(KeysBackedUp.type, clear: ClearPart(self)) }

    /// Nil for any other event.
    package init?(_ event: RecordedEvent) throws(MalformedEvent) {
        guard event.type == KeysBackedUp.type else { return nil }
        self = try event.clear()
    }
}

extension KeysBackedUp: ClearRecord {
    package init<Fields: ClearFields>(_ fields: inout Fields) throws(Fields.Failure) where Fields.Record == Self {
        epoch = try fields("epoch", \.epoch)
    }
}

/// Why a directory does not count as a copy of the keys. Each says what to do.
package enum KeysNotBackedUp: Error, Hashable, CustomStringConvertible {
    case original(String)
    case unreadable(String)
    case differs(String)

    package var description: String {
        switch self {
        case .original(let path): "\(path) is the keys directory itself; name the directory of a copy on another medium"
        case .unreadable(let path):
            "\(path) is missing or cannot be read; copy the whole keys directory, and name the copy's directory"
        case .differs(let path): "\(path) is not the key in use; copy the keys directory again"
        }
    }
}

extension EventLog {
    /// Compares a copy of the keys directory with the keys in use, and records that there is one.
    /// - Returns: the epoch in use.
    /// - Throws: `KeysNotBackedUp`, `MaintenanceRefusal`.
    package func confirmKeysBackup(in directory: URL, by actor: Actor, at time: Instant) async throws -> Int {
        try await maintenance.alone(.backup, after: .keyRotation) {
            let epoch = try keyring.requireCopy(in: directory)
            _ = try await append(
                Append(
                    command: CommandID(at: time), actor: actor, time: time,
                    streams: [
                        StreamAppend(
                            KeysRotated.stream, expected: .any, encoded: [KeysBackedUp(epoch: epoch).encoded()])
                    ]))
            return epoch
        }
    }
}

extension Keyring {
    /// Earlier epochs open old backups only, so the copy need not have them.
    /// - Returns: the epoch in use.
    func requireCopy(in copy: URL) throws -> Int {
        guard copy.resolvingSymlinksInPath().path != directory.resolvingSymlinksInPath().path else {
            throw KeysNotBackedUp.original(copy.path)
        }
        let epoch = newestEpoch.epoch
        for file in [
            Keyring.masterKey(epoch, in: directory), Keyring.hashKey(newestHashEpoch, in: directory),
            directory.appending(path: "sign.key"),
        ] {
            let copied = copy.appending(path: file.lastPathComponent)
            guard let bytes = try? Data(contentsOf: copied) else { throw KeysNotBackedUp.unreadable(copied.path) }
            guard try bytes == Data(contentsOf: file) else { throw KeysNotBackedUp.differs(copied.path) }
        }
        return epoch
    }
}
