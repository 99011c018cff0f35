import Crypto
import Foundation
import Synchronization

extension Vault {
    /// The work that the vault does before and after the writer needs it.
    struct Ahead {
        /// Durable keys that were never used, the next one last.
        var pool: [(id: Int, key: SymmetricKey)] = []
        var isMinting = false
        /// Assignments not stored yet, of events up to `through`.
        var unnoted: [Assignment] = []
        var through = 0
        var isNoting = false
    }

    private static let mintedAtOnce = 2048
    private static let notedAtOnce = 1024

    /// Takes a key that is durable and was never used. Called only by the writer.
    func takeKey() throws -> (id: Int, key: SymmetricKey) {
        if let key = takeMinted() { return key }
        try mint()
        guard let key = takeMinted() else { throw AppendFailure.closed }
        return key
    }

    /// Takes a key from the pool; when half of them are gone, more are minted in the background.
    private func takeMinted() -> (id: Int, key: SymmetricKey)? {
        let (key, isLow) = ahead.withLock { ahead in
            let key = ahead.pool.popLast()
            let isLow = key != nil && ahead.pool.count < Vault.mintedAtOnce / 2 && !ahead.isMinting
            if isLow { ahead.isMinting = true }
            return (key, isLow)
        }
        if isLow {
            background.async { [self] in
                // A failure here is retried, and reported, when a key is wanted.
                try? mint()
                ahead.withLock { $0.isMinting = false }
            }
        }
        return key
    }

    private func mint() throws {
        let minted = try state.withLock { state in
            let connection = try state.connection
            let epoch = keyring.newestEpoch
            let first = (try connection.integer("SELECT max(id) FROM keys") ?? 0) + 1
            var random = RandomSupply()
            let keys = try (first..<(first + Vault.mintedAtOnce)).map { id in
                (id: id, key: try random.take(32) { SymmetricKey(data: $0) })
            }
            try connection.run("BEGIN")
            do {
                let row = try connection.statement("INSERT INTO keys(id, epoch, wrapped) VALUES (?, ?, ?)")
                for (id, key) in keys {
                    row.bind(1, id)
                    row.bind(2, epoch.epoch)
                    let wrapped = try Seal.seal(
                        key.withUnsafeBytes { Array($0) }, with: epoch.key, binding: wrapData(id, epoch.epoch),
                        nonces: &random)
                    row.bind(3, blob: wrapped)
                    try row.execute()
                }
                try connection.run("COMMIT")
            } catch {
                try? connection.run("ROLLBACK")
                throw error
            }
            return keys
        }
        ahead.withLock { $0.pool.insert(contentsOf: minted.reversed(), at: 0) }
    }

    /// Notes the assignments of events up to `position`, to be stored later; after a crash in between, `catchUp` stores them.
    func note(_ assignments: [Assignment], through position: Int) {
        let isDue = ahead.withLock { ahead in
            ahead.unnoted += assignments
            ahead.through = position
            guard ahead.unnoted.count >= Vault.notedAtOnce, !ahead.isNoting else { return false }
            ahead.isNoting = true
            return true
        }
        if isDue { background.async { [self] in try? noteWaiting() } }
    }

    /// Returns when every assignment is stored in the file.
    func noteAll() throws { try background.sync { try noteWaiting() } }

    private func noteWaiting() throws {
        let (assignments, position) = ahead.withLock { ahead in
            defer { ahead.unnoted = [] }
            return (ahead.unnoted, ahead.through)
        }
        defer { ahead.withLock { $0.isNoting = false } }
        do {
            if position > 0 { try assign(assignments, through: position) }
        } catch {
            ahead.withLock { $0.unnoted = assignments + $0.unnoted }
            throw error
        }
    }
}
