import Synchronization

/// A file outside the vault whose keys are wrapped by the master key as well: rotations rewrap them, and no epoch is destroyed that one of
/// them needs.
package struct WrappedKeyStore: Sendable {
    fileprivate let oldestEpoch: @Sendable () throws -> Int?
    fileprivate let rewrap: @Sendable () throws -> Void

    /// - Parameters:
    ///   - oldestEpoch: the oldest epoch that wraps a key; nil when there are no keys.
    ///   - rewrap: wraps every key under the newest epoch, durably; a crash leaves each key under the old or the new one.
    package init(
        oldestEpoch: @escaping @Sendable () throws -> Int?, rewrap: @escaping @Sendable () throws -> Void
    ) {
        self.oldestEpoch = oldestEpoch
        self.rewrap = rewrap
    }
}

/// The key stores that take part in rotations besides the vault.
final class WrappedKeyStores: Sendable {
    private let stores = Mutex<[WrappedKeyStore]>([])

    func add(_ store: WrappedKeyStore) { stores.withLock { $0.append(store) } }

    /// Whether a key is wrapped by this epoch or an older one.
    func needs(_ epoch: Int) throws -> Bool {
        try stores.withLock(\.self).contains { try $0.oldestEpoch().map { $0 <= epoch } ?? false }
    }

    func rewrap() throws { for store in stores.withLock(\.self) { try store.rewrap() } }
}

extension EventLog {
    /// The keys of what members keep outside the log.
    package var memberKeys: MemberKeys { MemberKeys(keyring: keyring, log: identity) }

    /// Takes the keys of a file through every rotation from now on. To be called before the first one.
    package func rotate(with store: WrappedKeyStore) { wrappedKeys.add(store) }
}
