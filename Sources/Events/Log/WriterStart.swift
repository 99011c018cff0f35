import CSQLite

/// The state that the writer reads when it opens the log: the head, the fences, the right edge of the tree, the key assignments.
struct WriterStart {
    let head: Int
    let lastTime: Int64
    let tree: TileTree

    init(of connection: SQLiteConnection) throws {
        head = try connection.integer("SELECT max(position) FROM events") ?? 0
        lastTime = Int64(try connection.integer("SELECT time FROM events ORDER BY position DESC LIMIT 1") ?? 0)
        tree = try WriterStart.tree(of: head, in: connection)
    }

    /// The erasures fenced after a position.
    static func erasures(after position: Int = 0, in connection: SQLiteConnection) throws -> [Erasure] {
        let statement = try connection.statement(
            "SELECT \(EventRow.columns) FROM events WHERE type = 'erasure.fenced' AND position > ?")
        statement.bind(1, position)
        return try statement.rows { try Erasure(EventRow($0).recorded(content: .none)) }.compactMap(\.self)
    }

    static func erasures(of fences: some Collection<FenceID>, in connection: SQLiteConnection) throws -> [Erasure] {
        let statement = try connection.statement(
            "SELECT \(EventRow.columns) FROM events WHERE stream = ? AND version = 1")
        return try fences.flatMap { fence in
            statement.bind(1, StreamName(fence).description)
            return try statement.rows { try Erasure(EventRow($0).recorded(content: .none)) }.compactMap(\.self)
        }
    }

    /// Every fence in the log.
    static func fences(in connection: SQLiteConnection) throws -> Set<FenceID> {
        let streams = try connection.statement("SELECT stream FROM events WHERE type = 'erasure.fenced'")
            .rows { StreamName(recorded: $0.raw(0)) }
        return Set(streams.compactMap { $0.id() })
    }

    /// The last fence up to a position.
    static func lastFence(upTo position: Int, in connection: SQLiteConnection) throws -> StreamName? {
        let statement = try connection.statement(
            """
            SELECT stream FROM events WHERE type = 'erasure.fenced' AND position <= ? ORDER BY position DESC LIMIT 1
            """)
        statement.bind(1, position)
        return try statement.rows { StreamName(recorded: $0.raw(0)) }.first
    }

    private static func tree(of head: Int, in connection: SQLiteConnection) throws -> TileTree {
        var partial: [[TreeHash]] = []
        var level = 0
        while head >> (8 * level) > 0 {
            let hashes = try hashes(beyondFullTilesOf: level, head, in: connection)
            // A missing tile or row must not lead to a signed root over different contents.
            guard hashes.count == (head >> (8 * level)) % Tile.width, hashes.allSatisfy({ $0.count == 32 }) else {
                throw SQLiteError(code: SQLITE_CORRUPT, message: "the tree has gaps")
            }
            partial.append(hashes)
            level += 1
        }
        return TileTree(size: head, partial: partial)
    }

    /// At level 0 the leaves after the last full tile; above it the roots of the full tiles below that do not fill a tile yet.
    private static func hashes(beyondFullTilesOf level: Int, _ head: Int, in connection: SQLiteConnection) throws
        -> [TreeHash]
    {
        let complete = head >> (8 * level)
        let first = complete / Tile.width * Tile.width
        let statement: Statement
        if level == 0 {
            statement = try connection.statement(
                "SELECT hash FROM events WHERE position > ? AND position <= ? ORDER BY position")
            statement.bind(1, first)
            statement.bind(2, complete)
            return try statement.rows { $0.bytes(0) }
        }
        statement = try connection.statement(
            "SELECT hashes FROM tiles WHERE level = ? AND number >= ? AND number < ? ORDER BY number")
        statement.bind(1, level - 1)
        statement.bind(2, first)
        statement.bind(3, complete)
        return try statement.rows { row in
            let bytes = row.bytes(0)
            guard bytes.count == 32 * Tile.width else { return [] }
            return TileTree.root(ofFull: stride(from: 0, to: bytes.count, by: 32).map { Array(bytes[$0..<($0 + 32)]) })
        }
    }

    static func assignments(after position: Int, in connection: SQLiteConnection) throws -> [(
        position: Int, assignment: Vault.Assignment
    )] {
        let statement = try connection.statement(
            "SELECT position, key, subject, owner FROM events WHERE position > ? AND key IS NOT NULL")
        statement.bind(1, position)
        return try statement.rows { row in
            guard let subject = Subject(row.text(2)), let owner = Owner(row.text(3)) else { return nil }
            return (
                position: row.integer(0),
                assignment: Vault.Assignment(key: row.integer(1), subject: subject, owner: owner)
            )
        }.compactMap(\.self)
    }
}
