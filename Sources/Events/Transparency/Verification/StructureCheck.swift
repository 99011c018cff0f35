import CSQLite

/// Checks everything but the rows: the file's header, the schema with its guards, the log's identity.
struct StructureCheck {
    private let connection: SQLiteConnection

    init(_ connection: SQLiteConnection) { self.connection = connection }

    /// Nil when the file does not say which log it is.
    func identity(_ findings: inout FindingList) throws -> LogIdentity? {
        if try connection.integer("PRAGMA application_id") != LogSchema.applicationID { findings.add(.file, .notALog) }
        let format = try connection.integer("PRAGMA user_version") ?? 0
        if format != LogSchema.format { findings.add(.file, .unknownFormat(format)) }
        guard try connection.integer("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'log'") == 1
        else { return nil }
        let rows = try connection.statement("SELECT id, created FROM log").rows {
            (
                id: $0.text(0), created: $0.integer(1),
                isStored: $0.storage(0) == SQLITE_TEXT && $0.storage(1) == SQLITE_INTEGER
            )
        }
        guard let row = rows.first else { findings.add(.identity, .missing); return nil }
        if rows.count > 1 { findings.add(.identity, .unexpected) }
        let identity = LogIdentity(id: row.id, created: Instant(milliseconds: Int64(row.created)))
        let isOfItsTime = row.id.hasPrefix(LogIdentity.timePart(of: identity.created))
        guard row.isStored, let bytes = Hex.decode(row.id), Hex.encode(bytes) == row.id, bytes.count == 16, isOfItsTime
        else {
            findings.add(.identity, .malformed)
            return identity
        }
        return identity
    }

    /// - Returns: whether the schema allows the rows to be read.
    func schema(_ findings: inout FindingList) throws -> Bool {
        let expected = try StructureCheck.expected.get()
        let present = try StructureCheck.entries(of: connection)
        var isReadable = true
        for entry in expected where !present.contains(entry) {
            if entry.type == "table" { isReadable = false }
            findings.add(.schema(entry.name), present.contains { $0.name == entry.name } ? .changed : .missing)
        }
        for entry in present where !expected.contains(where: { $0.name == entry.name }) {
            findings.add(.schema(entry.name), .unexpected)
        }
        if present.count > expected.count, Set(present).count < present.count {
            findings.add(.schema("sqlite_schema"), .unexpected)
        }
        return isReadable
    }

    private struct Entry: Hashable {
        let type: String
        let name: String
        let table: String
        let sql: String?
    }

    /// The schema of a new log, as SQLite stores it.
    private static let expected = Result {
        let connection = try SQLiteConnection(":memory:", .create)
        try connection.run("\(LogSchema.tables) \(LogSchema.guards)")
        return try entries(of: connection)
    }

    private static func entries(of connection: SQLiteConnection) throws -> [Entry] {
        try connection.statement("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name").rows {
            Entry(type: $0.text(0), name: $0.text(1), table: $0.text(2), sql: $0.optionalText(3))
        }
    }
}

extension SQLiteError {
    /// Whether reading a broken file can cause this error: `isDamage`, a schema that does not parse, impossible lengths and offsets.
    var isLikelyDamage: Bool {
        isDamage || [SQLITE_ERROR, SQLITE_TOOBIG, SQLITE_MISMATCH].contains(code & 0xFF)
            || code == SQLITE_IOERR | 2 << 8
    }
}
