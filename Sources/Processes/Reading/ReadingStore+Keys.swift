package import Events
import Foundation
import Synchronization

extension ReadingStore {
    /// The keys in the file, for the log's rotations.
    package var wrappedKeys: WrappedKeyStore {
        WrappedKeyStore(oldestEpoch: { try self.oldestEpoch() }, rewrap: { try self.rewrap() })
    }

    private func oldestEpoch() throws -> Int? { try file.withLock { try $0?.epochs().first } }

    /// A process that does not serve holds the lock of the data directory, and opens the file for writing during the call.
    private func rewrap() throws {
        guard let keys, let path else { return }
        try file.withLock { file in
            if isServing {
                try file?.rewrap(with: keys)
            } else if try file?.epochs().contains(where: { $0 < keys.newestEpoch }) ?? false {
                file = nil
                defer { file = try? ReadingFile(reading: path) }
                let writable = try ReadingFile(at: path, of: keys.log)
                try writable.rewrap(with: keys)
                try writable.mergeWriteAheadLog()
            }
        }
    }

    /// The member's key, made at first use. Called with the file locked, so that no rotation passes between the making and the storing.
    func key(of member: MemberID, in file: ReadingFile) throws -> MemberKey {
        guard let keys else { throw SavingRefusal.unavailable }
        if let wrapped = try file.key(of: member) { return try keys.open(wrapped) }
        let (key, wrapped) = try keys.make(for: member)
        try file.add(wrapped)
        return key
    }

    /// Nil when nothing of the member is sealed.
    func existingKey(of member: MemberID, in file: ReadingFile) throws -> MemberKey? {
        try file.key(of: member).flatMap { try keys?.open($0) }
    }

    /// Runs `body` in one durable transaction on the file of the serving process.
    /// - Throws: `SavingRefusal.unavailable` for an erased member, and without a serving process.
    func saving<Value: Sendable>(for member: MemberID, _ body: (ReadingFile) throws -> Value) throws -> Value {
        try writing { file in
            let isErased = memory.withLock { $0.erased.contains(member) }
            guard isServing, let file, !isErased else { throw SavingRefusal.unavailable }
            defer { forgetSaved(of: member) }
            return try file.durably { try body(file) }
        }
    }
}
