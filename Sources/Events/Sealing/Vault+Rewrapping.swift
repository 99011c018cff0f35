import Crypto
import Synchronization

extension Vault {
    private static let rewrappedAtOnce = 500

    /// Wraps every key under the newest master key, in batches: each batch is durable, and a crash, or an error from `progress`, leaves each
    /// key under the old or the new one.
    func rewrap(progress: (_ done: Int, _ total: Int) throws -> Void) throws {
        let newest = keyring.newestEpoch
        let total = try keysUnderOlderEpochs()
        var (done, reached) = (0, 0)
        while let batch = try rewrapSome(newest, after: reached) {
            (done, reached) = (done + batch.count, batch.last)
            try progress(min(done, total), total)
        }
        try state.withLock { state in
            let check = try state.connection.statement("UPDATE vault SET epoch_check = ?")
            check.bind(
                1, blob: try Seal.seal(Array(log.id.utf8), with: newest.key, binding: Vault.checkData(log)))
            try check.execute()
            _ = try state.connection.integer("PRAGMA wal_checkpoint(TRUNCATE)")
        }
    }

    func keysUnderOlderEpochs() throws -> Int {
        let newest = keyring.newestEpoch.epoch
        return try state.withLock {
            try $0.connection.integer("SELECT count(*) FROM keys WHERE wrapped IS NOT NULL AND epoch < \(newest)") ?? 0
        }
    }

    func hasKeys(under epoch: Int) throws -> Bool {
        try state.withLock {
            try $0.connection.integer("SELECT 1 FROM keys WHERE wrapped IS NOT NULL AND epoch = \(epoch) LIMIT 1")
                != nil
        }
    }

    /// - Returns: the number of keys rewrapped and the last one's id; nil when none is left.
    func rewrapSome(_ newest: Keyring.Epoch, after reached: Int) throws -> (count: Int, last: Int)? {
        let masters = keyring.masterKeys
        return try state.withLock { state in
            let connection = try state.connection
            let select = try connection.statement(
                """
                SELECT id, epoch, wrapped FROM keys WHERE id > ? AND wrapped IS NOT NULL AND epoch < ?
                ORDER BY id LIMIT \(Vault.rewrappedAtOnce)
                """)
            select.bind(1, reached)
            select.bind(2, newest.epoch)
            let rows = try select.rows { (id: $0.integer(0), epoch: $0.integer(1), wrapped: $0.bytes(2)) }
            guard let last = rows.last else { return nil }
            try connection.run("BEGIN")
            do {
                let update = try connection.statement("UPDATE keys SET epoch = ?, wrapped = ? WHERE id = ?")
                for row in rows {
                    guard let master = masters.first(where: { $0.epoch == row.epoch }),
                        let key = Seal.open(row.wrapped, with: master.key, binding: wrapData(row.id, row.epoch))
                    else { throw LogUnusable.wrongMasterKey }
                    update.bind(1, newest.epoch)
                    update.bind(
                        2, blob: try Seal.seal(key, with: newest.key, binding: wrapData(row.id, newest.epoch)))
                    update.bind(3, row.id)
                    try update.execute()
                }
                try connection.run("COMMIT")
            } catch {
                try? connection.run("ROLLBACK")
                throw error
            }
            return (rows.count, last.id)
        }
    }

    /// - Throws: `LogUnusable.epochMissing` for an epoch that wraps keys and whose master key is missing.
    static func requireEpochs(of connection: SQLiteConnection, in keyring: Keyring) throws {
        let present = Set(keyring.masterKeys.map(\.epoch))
        for epoch in try epochs(of: connection) where !present.contains(epoch) {
            throw LogUnusable.epochMissing(epoch)
        }
    }

    /// - Throws: `LogUnusable.wrongMasterKey` when no master key opens the vault's check value.
    static func requireCheck(of connection: SQLiteConnection, in keyring: Keyring, log: LogIdentity) throws {
        let check = try connection.statement("SELECT epoch_check FROM vault").rows { $0.bytes(0) }.first ?? []
        let isOpened = keyring.masterKeys.contains { Seal.open(check, with: $0.key, binding: checkData(log)) != nil }
        guard isOpened else { throw LogUnusable.wrongMasterKey }
    }

    /// The epochs of the master keys that wrap the keys in a vault.
    static func epochs(of connection: SQLiteConnection) throws -> [Int] {
        try connection.statement("SELECT DISTINCT epoch FROM keys WHERE wrapped IS NOT NULL ORDER BY epoch")
            .rows { $0.integer(0) }
    }
}
