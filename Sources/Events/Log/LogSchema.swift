import CSQLite

/// The tables of `log.sqlite` and the guards around them. `docs/log-format.md` documents every column.
enum LogSchema {
    static let format = 1
    /// "mikl" in ASCII.
    static let applicationID = 0x6D69_6B6C

    static let tables = """
        CREATE TABLE log(
          id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 32),
          created INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE events(
          position INTEGER PRIMARY KEY,
          stream TEXT NOT NULL,
          version INTEGER NOT NULL CHECK (version > 0),
          type TEXT NOT NULL,
          schema INTEGER NOT NULL CHECK (schema > 0),
          time INTEGER NOT NULL,
          actor TEXT NOT NULL,
          causation INTEGER CHECK (causation < position),
          command TEXT NOT NULL,
          subject TEXT,
          owner TEXT CHECK ((owner IS NULL) = (subject IS NULL)),
          key INTEGER CHECK ((key IS NULL) = (subject IS NULL)),
          sealed BLOB CHECK ((sealed IS NULL) = (subject IS NULL)),
          clear TEXT NOT NULL,
          hash BLOB NOT NULL CHECK (length(hash) = 32),
          UNIQUE (stream, version)
        ) STRICT;
        CREATE INDEX events_command ON events(command);
        CREATE INDEX events_subject ON events(subject) WHERE subject IS NOT NULL;
        CREATE INDEX events_fence ON events(position) WHERE type = 'erasure.fenced';
        CREATE TABLE tiles(
          level INTEGER NOT NULL CHECK (level BETWEEN 0 AND 6),
          number INTEGER NOT NULL,
          hashes BLOB NOT NULL CHECK (length(hashes) = 8192),
          PRIMARY KEY (level, number)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE claims(
          kind TEXT NOT NULL,
          hash BLOB NOT NULL CHECK (length(hash) = 32),
          holder TEXT NOT NULL,
          PRIMARY KEY (kind, hash)
        ) STRICT, WITHOUT ROWID;
        """

    /// `INSERT OR REPLACE` bypasses UPDATE and DELETE triggers unless triggers are recursive, hence the guard on INSERT as well.
    static let guards = """
        CREATE TRIGGER events_no_update BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
        CREATE TRIGGER events_no_delete BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
        CREATE TRIGGER events_gapless BEFORE INSERT ON events
          WHEN NEW.position IS NOT (SELECT coalesce(max(position), 0) + 1 FROM events)
          BEGIN SELECT RAISE(ABORT, 'positions are gapless'); END;
        CREATE TRIGGER events_version BEFORE INSERT ON events
          WHEN NEW.version IS NOT (SELECT coalesce(max(version), 0) + 1 FROM events WHERE stream = NEW.stream)
          BEGIN SELECT RAISE(ABORT, 'versions are gapless'); END;
        CREATE TRIGGER tiles_no_update BEFORE UPDATE ON tiles BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
        CREATE TRIGGER tiles_no_delete BEFORE DELETE ON tiles BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
        CREATE TRIGGER tiles_gapless BEFORE INSERT ON tiles
          WHEN NEW.number IS NOT (SELECT coalesce(max(number), -1) + 1 FROM tiles WHERE level = NEW.level)
            OR (NEW.number + 1) << (8 * (NEW.level + 1)) > (SELECT coalesce(max(position), 0) FROM events)
          BEGIN SELECT RAISE(ABORT, 'tiles are gapless'); END;
        CREATE TRIGGER log_no_update BEFORE UPDATE ON log BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
        CREATE TRIGGER log_no_delete BEFORE DELETE ON log BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
        CREATE TRIGGER log_one BEFORE INSERT ON log WHEN EXISTS (SELECT 1 FROM log)
          BEGIN SELECT RAISE(ABORT, 'a log has one identity'); END;
        """

    /// The pragmas required on the writing connection, each with the value that SQLite then reports.
    static let pragmas: [(name: String, value: String)] = [
        ("journal_mode", "wal"), ("synchronous", "1"), ("recursive_triggers", "1"), ("trusted_schema", "0"),
        ("secure_delete", "1"),
    ]

    /// Opens the one connection that writes to the log and checkpoints it, with all protective settings in force. A commit does not wait
    /// for the disk: `LogSync` makes it durable, and no append is answered before that.
    static func openWriter(_ path: String, _ mode: SQLiteConnection.Mode) throws(SQLiteError) -> SQLiteConnection {
        let connection = try SQLiteConnection(path, mode)
        if mode == .create { try connection.run("PRAGMA page_size=4096") }
        try connection.run(
            """
            PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA recursive_triggers=ON; PRAGMA trusted_schema=OFF;
            PRAGMA secure_delete=ON; PRAGMA cache_size=-16000; PRAGMA wal_autocheckpoint=4000;
            """)
        connection.configure(SQLITE_DBCONFIG_DEFENSIVE, true)
        for pragma in pragmas where try connection.text("PRAGMA \(pragma.name)") != pragma.value {
            throw SQLiteError(code: SQLITE_ERROR, message: "\(pragma.name) is not in force")
        }
        return connection
    }

    /// Restricts the connection to adding rows; only claims can be changed or removed.
    static func protect(_ connection: SQLiteConnection) {
        connection.setAuthorizer { _, action, first, _, _, _ in
            switch action {
            case SQLITE_SELECT, SQLITE_READ, SQLITE_INSERT, SQLITE_TRANSACTION, SQLITE_SAVEPOINT, SQLITE_FUNCTION:
                return SQLITE_OK
            case SQLITE_UPDATE, SQLITE_DELETE:
                return first.map { String(cString: $0) } == "claims" ? SQLITE_OK : SQLITE_DENY
            case SQLITE_PRAGMA:
                return first.map { String(cString: $0) } == "wal_checkpoint" ? SQLITE_OK : SQLITE_DENY
            default: return SQLITE_DENY
            }
        }
    }
}

/// The identity of a log: random, created once, part of every sealed part's additional data.
package struct LogIdentity: Hashable, Sendable {
    package let id: String
    package let created: Instant

    init(id: String, created: Instant) {
        self.id = id
        self.created = created
    }

    /// 48 bits of time and 80 random bits, so that neither `id` nor `created` can be changed without a mismatch.
    static func newID(at time: Instant) -> String {
        timePart(of: time) + Hex.encode((0..<10).map { _ in UInt8.random(in: 0...255) })
    }

    static func timePart(of time: Instant) -> String {
        Hex.encode((0..<6).map { UInt8(truncatingIfNeeded: time.milliseconds >> (40 - 8 * $0)) })
    }

    /// - Throws: `LogUnusable` when the file is missing, damaged, or of a newer format.
    package init(readingFrom path: String) throws {
        do {
            let connection = try SQLiteConnection(path, .readOnly)
            try self.init(connection, path)
        } catch let error as SQLiteError {
            throw LogUnusable(error, opening: path)
        }
    }

    init(_ connection: SQLiteConnection, _ path: String) throws {
        guard try connection.integer("PRAGMA application_id") == LogSchema.applicationID else {
            throw LogUnusable.damaged(path)
        }
        let format = try connection.integer("PRAGMA user_version") ?? 0
        guard format == LogSchema.format else { throw LogUnusable.newerFormat(format) }
        guard let id = try connection.text("SELECT id FROM log"),
            let created = try connection.integer("SELECT created FROM log")
        else { throw LogUnusable.damaged(path) }
        self.id = id
        self.created = Instant(milliseconds: Int64(created))
    }
}
