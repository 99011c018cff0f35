extension SQLiteConnection {
    /// Runs `body` in one transaction that may write; an error rolls it back.
    package func atOnce<Value>(_ body: () throws -> Value) throws -> Value {
        try run("BEGIN IMMEDIATE")
        do {
            let value = try body()
            try run("COMMIT")
            return value
        } catch {
            try? run("ROLLBACK")
            throw error
        }
    }

    /// Merges and removes the write-ahead log; the next opening or writing creates a new one.
    package func mergeWriteAheadLog() throws {
        try run("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode=DELETE")
    }

    /// Checkpoints and truncates the write-ahead log, in which erased rows would otherwise remain.
    /// - Returns: false if a reader prevented it.
    package func emptyWriteAheadLog() throws -> Bool { try integer("PRAGMA wal_checkpoint(TRUNCATE)") == 0 }
}
