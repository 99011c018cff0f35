import Events
import Foundation
import GRDB

/// The mails that are still to be sent, and how far the log has been read for them. A row names an event, a kind of mail and a member:
/// never an address, a text or a token. Those are found when the mail is sent.
struct Outbox: Sendable {
    struct Entry: Hashable, Sendable {
        /// Of the event that asked for the mail.
        let position: Int
        let mail: SiteMail
        let member: MemberID
        var attempts = 0
    }

    let store: RuntimeStore

    /// - Parameter head: where the log ends now. An outbox that is new, or is of another log, begins there: nothing old is sent.
    init(store: RuntimeStore, head: Int) throws {
        self.store = store
        var migrator = DatabaseMigrator()
        migrator.registerMigration("mails") { database in
            try database.execute(
                sql: """
                    CREATE TABLE mails (
                        position INTEGER NOT NULL,
                        kind TEXT NOT NULL,
                        member TEXT NOT NULL,
                        attempts INTEGER NOT NULL,
                        due INTEGER NOT NULL,
                        PRIMARY KEY (position, kind, member)
                    ) STRICT;
                    CREATE INDEX mails_by_due ON mails (due);
                    CREATE TABLE mails_read (only INTEGER NOT NULL PRIMARY KEY CHECK (only = 1), position INTEGER NOT NULL) STRICT;
                    """)
        }
        try migrator.migrate(store.database)
        try store.database.write { database in
            try database.execute(
                sql: """
                    INSERT INTO mails_read VALUES (1, ?1)
                    ON CONFLICT DO UPDATE SET position = ?1 WHERE position > ?1
                    """, arguments: [head])
        }
    }

    var position: Int {
        get throws {
            try store.database.read { try Int.fetchOne($0, sql: "SELECT position FROM mails_read") } ?? 0
        }
    }

    /// Adds what the events up to `position` ask for; what is there already, or was sent, is not added again.
    func add(_ entries: [Entry], readTo position: Int, due: Instant) throws {
        try store.database.write { database in
            for entry in entries {
                try database.execute(
                    sql: "INSERT INTO mails VALUES (?, ?, ?, 0, ?) ON CONFLICT DO NOTHING",
                    arguments: [entry.position, entry.mail.rawValue, entry.member.description, due.milliseconds])
            }
            try database.execute(sql: "UPDATE mails_read SET position = ?", arguments: [position])
        }
    }

    /// - Parameter held: entries up to this position wait.
    func due(at now: Instant, after held: Int? = nil, limit: Int = 100) throws -> [Entry] {
        try store.database.read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT position, kind, member, attempts FROM mails WHERE due <= ? AND position > ?
                    ORDER BY due, position LIMIT ?
                    """,
                arguments: [now.milliseconds, held ?? 0, limit])
        }
        .compactMap(Entry.init)
    }

    /// Of what waits, when the next is due.
    var nextDue: Instant? {
        get throws {
            try store.database.read { try Int64.fetchOne($0, sql: "SELECT min(due) FROM mails") }.map(
                Instant.init(milliseconds:))
        }
    }

    func remove(_ entry: Entry) throws {
        try store.database.write { database in
            try database.execute(
                sql: "DELETE FROM mails WHERE position = ? AND kind = ? AND member = ?",
                arguments: [entry.position, entry.mail.rawValue, entry.member.description])
        }
    }

    func postpone(_ entry: Entry, until due: Instant) throws {
        try store.database.write { database in
            try database.execute(
                sql: "UPDATE mails SET attempts = ?, due = ? WHERE position = ? AND kind = ? AND member = ?",
                arguments: [
                    entry.attempts + 1, due.milliseconds, entry.position, entry.mail.rawValue, entry.member.description,
                ])
        }
    }

    /// Forgets the mails that events after a position asked for: the log was restored without them.
    func removeAll(after position: Int) throws {
        try store.database.write { database in
            try database.execute(sql: "DELETE FROM mails WHERE position > ?", arguments: [position])
        }
    }

    /// Forgets every mail about a member, as when the account is erased.
    func removeAll(about member: MemberID) throws {
        try store.database.write { database in
            try database.execute(sql: "DELETE FROM mails WHERE member = ?", arguments: [member.description])
        }
    }
}

extension Outbox.Entry {
    fileprivate init?(_ row: Row) {
        guard let mail = SiteMail(rawValue: row["kind"]), let member = MemberID(row["member"] as String) else {
            return nil
        }
        self.init(position: row["position"], mail: mail, member: member, attempts: row["attempts"])
    }
}
