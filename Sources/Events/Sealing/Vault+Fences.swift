import Synchronization

extension Vault {
    /// What the vault remembers of fences, so that a start reads only those that are new to it.
    struct NotedFences {
        /// The keys of every fence up to this position are destroyed.
        let through: Int
        /// What no destroyed key shows: owners, kinds, and subjects under which nothing was sealed.
        let scopes: [Erasure.Scope]
    }

    static let fenceTables = """
        CREATE TABLE IF NOT EXISTS fences(through INTEGER NOT NULL, last TEXT NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS fenced(scope TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
        """

    /// - Parameter last: the last fence in the log up to a position. When it is not the one that the vault was told of, one of the two
    ///   files is of another time, and the vault's position says nothing.
    func notedFences(last: (_ position: Int) throws -> StreamName?) throws -> NotedFences {
        try state.withLock { state in
            let reached = try state.connection.statement("SELECT through, last FROM fences")
                .rows { (through: $0.integer(0), last: $0.text(1)) }.first
            let scopes = try state.connection.statement("SELECT scope FROM fenced").rows { row in
                Erasure.Scope(words: row.text(0).split(separator: " ").map(String.init))
            }
            let isOfThisLog = try reached.map { try last($0.through)?.description == $0.last } ?? false
            return NotedFences(
                through: isOfThisLog ? reached?.through ?? 0 : 0, scopes: scopes.compactMap(\.self))
        }
    }

    /// Overwrites the keys, and empties the WAL that may still hold them.
    /// - Parameters:
    ///   - scopes: fences to be remembered.
    ///   - position: where the log stood when the keys of all its fences were destroyed; nil while some are not.
    ///   - last: the last fence up to there.
    func destroyKeys(
        _ ids: [Int], noting scopes: [Erasure.Scope], through position: Int?, last: StreamName?
    ) throws {
        try state.withLock { state in
            let connection = try state.connection
            try connection.atOnce {
                let row = try connection.statement(
                    "UPDATE keys SET wrapped = NULL, subject = NULL, owner = NULL WHERE id = ? AND wrapped IS NOT NULL")
                for id in ids {
                    row.bind(1, id)
                    try row.execute()
                }
                let note = try connection.statement("INSERT OR IGNORE INTO fenced(scope) VALUES (?)")
                for scope in scopes {
                    note.bind(1, scope.words.joined(separator: " "))
                    try note.execute()
                }
                guard let position, let last else { return }
                try connection.run("DELETE FROM fences")
                let reached = try connection.statement("INSERT INTO fences(through, last) VALUES (?, ?)")
                reached.bind(1, position)
                reached.bind(2, last.description)
                try reached.execute()
            }
            if !ids.isEmpty { try connection.run("PRAGMA wal_checkpoint(TRUNCATE)") }
        }
    }
}
