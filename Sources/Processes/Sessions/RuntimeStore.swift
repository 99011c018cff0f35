package import Crypto
import Events
import Foundation
package import GRDB

/// `runtime.sqlite`: state that the site keeps between requests and may lose; without it, members have to sign in again.
package final class RuntimeStore: Sendable {
    package let database: DatabaseQueue
    /// The key for the tokens in forms.
    package let formKey: SymmetricKey

    /// Opens or creates the file, readable by its owner only, because it holds waiting mail.
    package convenience init(at path: String) throws {
        try DatabaseFiles(path).makePrivate()
        var configuration = GRDB.Configuration()
        configuration.prepareDatabase { database in
            // Ended sessions and used tokens must leave no trace in free pages.
            try database.execute(sql: "PRAGMA secure_delete = ON")
            try database.execute(sql: "PRAGMA journal_mode = WAL")
        }
        configuration.label = "runtime"
        try self.init(DatabaseQueue(path: path, configuration: configuration))
    }

    /// For tests: an in-memory store.
    package convenience init() throws { try self.init(DatabaseQueue()) }

    private init(_ database: DatabaseQueue) throws {
        try RuntimeStore.migrations.migrate(database)
        self.database = database
        formKey = try database.write { try RuntimeStore.secret(named: "form", in: $0) }
    }

    /// Checkpoints and truncates the write-ahead log, so that nothing erased is left in it.
    package func emptyWriteAheadLog() throws {
        try database.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
    }

    /// Leaves no write-ahead log behind, even if other code still holds the store.
    package func close() throws {
        try emptyWriteAheadLog()
        try database.close()
    }

    /// - Returns: false while another connection reads the file.
    package func forgetErased() throws -> Bool {
        try database.writeWithoutTransaction { database in
            guard try Int.fetchOne(database, sql: "PRAGMA secure_delete") == 1 else { return false }
            do {
                _ = try database.checkpoint(.truncate)
                return true
            } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
                return false
            }
        }
    }

    private static func secret(named name: String, in database: Database) throws -> SymmetricKey {
        if let bytes = try Data.fetchOne(database, sql: "SELECT value FROM secrets WHERE name = ?", arguments: [name]) {
            return SymmetricKey(data: bytes)
        }
        let key = SymmetricKey(size: .bits256)
        try database.execute(
            sql: "INSERT INTO secrets (name, value) VALUES (?, ?)",
            arguments: [name, key.withUnsafeBytes { Data($0) }])
        return key
    }

    private static var migrations: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("sessions, tokens, outbox") { database in
            try database.execute(
                sql: """
                    CREATE TABLE secrets (name TEXT NOT NULL PRIMARY KEY, value BLOB NOT NULL) STRICT;

                    CREATE TABLE sessions (
                        id INTEGER PRIMARY KEY,
                        hash BLOB NOT NULL UNIQUE,
                        member TEXT NOT NULL,
                        created INTEGER NOT NULL,
                        seen INTEGER NOT NULL,
                        device TEXT NOT NULL
                    ) STRICT;
                    CREATE INDEX sessions_of_member ON sessions (member);
                    CREATE INDEX sessions_by_age ON sessions (seen);

                    CREATE TABLE tokens (
                        hash BLOB NOT NULL PRIMARY KEY,
                        purpose TEXT NOT NULL,
                        member TEXT NOT NULL,
                        expires INTEGER NOT NULL,
                        used INTEGER
                    ) STRICT;
                    CREATE INDEX tokens_of_member ON tokens (member, purpose);
                    """)
        }
        migrator.registerMigration("what a token was asked for") { database in
            try database.execute(sql: "ALTER TABLE tokens ADD COLUMN asked INTEGER")
        }
        migrator.registerMigration("visits of sessions") { database in
            try database.execute(
                sql: """
                    ALTER TABLE sessions ADD COLUMN visit INTEGER NOT NULL DEFAULT 0;
                    UPDATE sessions SET visit = random();
                    """)
        }
        migrator.registerMigration("known devices") { database in
            try database.execute(
                sql: """
                    CREATE TABLE devices (
                        id INTEGER PRIMARY KEY,
                        hash BLOB NOT NULL UNIQUE,
                        member TEXT NOT NULL,
                        name TEXT NOT NULL,
                        created INTEGER NOT NULL,
                        seen INTEGER NOT NULL
                    ) STRICT;
                    CREATE INDEX devices_of_member ON devices (member);
                    CREATE INDEX devices_by_age ON devices (seen);
                    """)
        }
        migrator.registerMigration("codes of a second factor") { database in
            try database.execute(
                sql: """
                    ALTER TABLE tokens ADD COLUMN browser BLOB;
                    ALTER TABLE tokens ADD COLUMN tries INTEGER NOT NULL DEFAULT 0;
                    ALTER TABLE tokens ADD COLUMN password TEXT;
                    """)
        }
        migrator.registerMigration("sent forms") { database in
            try database.execute(
                sql: """
                    CREATE TABLE sent_forms (
                        command BLOB NOT NULL PRIMARY KEY,
                        sender BLOB NOT NULL,
                        content BLOB NOT NULL,
                        place BLOB NOT NULL,
                        sent INTEGER NOT NULL
                    ) STRICT;
                    CREATE INDEX sent_forms_by_age ON sent_forms (sent);
                    """)
        }
        migrator.registerMigration("no table of the first outbox") { database in
            try database.execute(sql: "DROP TABLE IF EXISTS outbox")
        }
        migrator.registerMigration("security counts") { database in
            try database.execute(
                sql: """
                    CREATE TABLE security_counts (
                        hash BLOB NOT NULL PRIMARY KEY,
                        day TEXT NOT NULL,
                        kind TEXT NOT NULL,
                        count INTEGER NOT NULL,
                        noticed INTEGER NOT NULL
                    ) STRICT;
                    """)
        }
        return migrator
    }
}
