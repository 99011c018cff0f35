import CSQLite
import Foundation
import Testing
import Testkit

@testable import Events

/// Values for a row of `events`: by default the next row.
private func row(position: String = "4", stream: String = "'post:0000000000001'", version: String = "4") -> String {
    "(\(position), \(stream), \(version), 't', 1, 1773140400000, 'system', NULL, '01kkbw2de0c40g2g40g2g40g2g', NULL, NULL, NULL, NULL, '{}', zeroblob(32))"
}

/// Statements that would change the log; each must fail on every connection and leave every row as it was.
private let attempts = [
    "UPDATE events SET actor = 'operator'",
    "UPDATE events SET position = position + 100",
    "UPDATE OR REPLACE events SET position = 1 WHERE position = 2",
    "UPDATE OR IGNORE events SET clear = '{}' WHERE position = 2",
    "UPDATE events SET clear = clear || 'x' WHERE position = 2 RETURNING 1",
    "DELETE FROM events",
    "DELETE FROM events WHERE position = 3",
    "INSERT INTO events VALUES \(row(position: "3"))",
    "INSERT OR REPLACE INTO events VALUES \(row(position: "3"))",
    "REPLACE INTO events VALUES \(row(position: "3", version: "3"))",
    "REPLACE INTO events VALUES \(row(version: "3"))",
    "REPLACE INTO events VALUES \(row(version: "1"))",
    "INSERT OR IGNORE INTO events VALUES \(row(position: "3"))",
    "INSERT OR ROLLBACK INTO events VALUES \(row(position: "3"))",
    "INSERT OR FAIL INTO events VALUES \(row(position: "3"))",
    "INSERT INTO events VALUES \(row(position: "3")) ON CONFLICT DO UPDATE SET clear = '{}'",
    "INSERT INTO events VALUES \(row(version: "3")) ON CONFLICT (stream, version) DO UPDATE SET clear = '{}'",
    "INSERT INTO events VALUES \(row(position: "5"))",
    "INSERT INTO events VALUES \(row(position: "0"))",
    "INSERT INTO events VALUES \(row(position: "-1"))",
    "INSERT INTO events VALUES \(row(position: "NULL"))",
    "INSERT INTO events VALUES \(row(position: "'4x'"))",
    "INSERT INTO events VALUES \(row(position: "4.5"))",
    "INSERT INTO events VALUES \(row(position: "9223372036854775807"))",
    "INSERT INTO events VALUES \(row(version: "5"))",
    "INSERT INTO events VALUES \(row(version: "0"))",
    "INSERT INTO events VALUES \(row(version: "-1"))",
    "INSERT INTO events VALUES \(row(stream: "'post:0000000000009'", version: "2"))",
    "INSERT INTO events VALUES \(row(stream: "NULL", version: "1"))",
    "INSERT INTO events(rowid, stream) VALUES (3, 'x')",
    "INSERT INTO events VALUES \(row()), \(row())",
    "INSERT INTO tiles VALUES (0, 0, zeroblob(8192))",
    "INSERT INTO tiles VALUES (0, 7, zeroblob(8192))",
    "INSERT INTO tiles VALUES (-1, 0, zeroblob(8192))",
    "INSERT INTO tiles VALUES (6, 0, zeroblob(8192))",
    "INSERT INTO tiles VALUES (7, 0, zeroblob(8192))",
    "UPDATE log SET id = '00000000000000000000000000000000'",
    "UPDATE log SET created = 0",
    "DELETE FROM log",
    "INSERT INTO log VALUES ('00000000000000000000000000000000', 0)",
    "INSERT OR REPLACE INTO log SELECT id, 0 FROM log",
]

/// Statements that bypass the guards themselves, which only the program's own connection refuses.
private let detours = [
    "DROP TABLE events", "DROP TRIGGER events_no_update", "DROP INDEX events_command", "DROP TABLE claims",
    "ALTER TABLE events RENAME TO gone", "ALTER TABLE events ADD COLUMN more TEXT",
    "ALTER TABLE events DROP COLUMN clear",
    "CREATE TABLE more(x)", "CREATE TEMP TABLE more(x)",
    "CREATE TRIGGER more AFTER INSERT ON events BEGIN DELETE FROM log; END",
    "CREATE TEMP TRIGGER more AFTER INSERT ON events BEGIN DELETE FROM claims; END", "CREATE VIEW more AS SELECT 1",
    "ATTACH ':memory:' AS more", "PRAGMA writable_schema=ON", "PRAGMA recursive_triggers=OFF",
    "PRAGMA ignore_check_constraints=ON",
    "PRAGMA synchronous=OFF", "PRAGMA journal_mode=OFF", "PRAGMA user_version=9", "PRAGMA application_id=9", "REINDEX",
    "VACUUM",
    "ANALYZE", "UPDATE sqlite_schema SET sql = ''", "DELETE FROM sqlite_schema", "SELECT load_extension('x')",
]

@Suite struct `The guards of the log` {
    let site: TemporarySite

    init() async throws {
        site = try TemporarySite()
        try await site.withLog { log async throws in
            _ = try await log.append(Note.append(stream(1), (1...3).map { Note.clear($0) }))
        }
    }

    private func rows() throws -> [String] {
        let connection = try SQLiteConnection(site.files.log, .readOnly)
        return try connection.statement("SELECT \(EventRow.columns) FROM events ORDER BY position").rows { row in
            (0..<15).map { Hex.encode(row.bytes($0)) }.joined(separator: "|")
        } + connection.statement("SELECT id, created FROM log").rows { "\($0.text(0)) \($0.integer(1))" }
    }

    private func refuses(_ sql: String, _ connection: SQLiteConnection) throws {
        let before = try rows()
        #expect(throws: SQLiteError.self, "\(sql)") { try connection.run(sql) }
        #expect(try rows() == before, "\(sql)")
        #expect(try connection.integer("SELECT count(*) FROM tiles") == 0)
    }

    @Test func `refuse every change from the program's own connection`() throws {
        let connection = try LogSchema.openWriter(site.files.log, .readWrite)
        LogSchema.protect(connection)
        for sql in attempts + detours { try refuses(sql, connection) }
    }

    @Test func `refuse every change from any other connection, whether its triggers recurse or not`() throws {
        for setting in ["OFF", "ON"] {
            let connection = try SQLiteConnection(site.files.log, .readWrite)
            try connection.run("PRAGMA recursive_triggers=\(setting)")
            for sql in attempts { try refuses(sql, connection) }
        }
    }

    @Test func `refuse values of the wrong kind or form`() throws {
        let connection = try SQLiteConnection(site.files.log, .readWrite)
        let good = row()
        for (part, bad) in [
            ("zeroblob(32)", "zeroblob(31)"), ("zeroblob(32)", "'text'"), ("'t', 1,", "'t', 0,"), ("'{}'", "NULL"),
            ("'{}'", "x'7B7D'"),
            ("'system', NULL", "'system', 4"), ("NULL, NULL, NULL, NULL", "'post:1', NULL, NULL, NULL"),
            ("NULL, NULL, NULL, NULL", "'post:1', 'm:1', 1, NULL"), ("NULL, NULL, NULL, NULL", "NULL, NULL, 1, NULL"),
            ("1773140400000", "'now'"),
        ] {
            try refuses("INSERT INTO events VALUES \(good.replacing(part, with: bad))", connection)
        }
    }

    @Test func `refuse to change tiles that are there`() async throws {
        try await site.withLog { log async throws in
            _ = try await log.append(Note.append(stream(1), (4...600).map { Note.clear($0) }))
        }
        let tiles = "SELECT group_concat(hex(hashes)) FROM tiles"
        for connection in [
            try LogSchema.openWriter(site.files.log, .readWrite), try SQLiteConnection(site.files.log, .readWrite),
        ] {
            let before = try connection.text(tiles)
            for sql in [
                "UPDATE tiles SET hashes = zeroblob(8192)", "UPDATE OR REPLACE tiles SET number = 0",
                "DELETE FROM tiles",
                "REPLACE INTO tiles VALUES (0, 0, zeroblob(8192))",
                "INSERT OR IGNORE INTO tiles VALUES (0, 1, zeroblob(8192))",
                "INSERT INTO tiles VALUES (0, 2, zeroblob(8192))", "INSERT INTO tiles VALUES (1, 0, zeroblob(8192))",
            ] {
                #expect(throws: SQLiteError.self, "\(sql)") { try connection.run(sql) }
                #expect(try connection.text(tiles) == before)
            }
        }
    }

    @Test func `that are taken away are missed`() throws {
        let connection = try SQLiteConnection(site.files.log, .readWrite)
        try connection.run("DROP TRIGGER events_no_update; UPDATE events SET actor = 'operator' WHERE position = 2")
        let findings = try LogVerifier(path: site.files.log).run().findings
        #expect(findings.contains(Finding(.schema("events_no_update"), .missing)))
        #expect(findings.contains(Finding(.event(position: 2), .hashDiffers)))
    }

    @Test func `leave room for claims alone to change`() throws {
        let connection = try LogSchema.openWriter(site.files.log, .readWrite)
        LogSchema.protect(connection)
        try connection.run(
            "INSERT INTO claims VALUES ('email', zeroblob(32), 'member:0000000000007'); DELETE FROM claims")
        #expect(try connection.integer("PRAGMA wal_checkpoint(TRUNCATE)") == 0)
    }
}
