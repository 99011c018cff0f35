package import Events
import Foundation
package import GRDB
package import Messaging

/// The mails that are still to be sent, and the position up to which the log has been read for them. A row names an event, a kind of mail
/// and a member, but never an address, text or token: those are looked up when the mail is sent.
///
/// Sent mail is recorded in the log: an outbox that is lost or does not match the log never causes a second sending.
package struct Outbox: Sendable {
    package struct Entry: Hashable, Sendable {
        /// The position of the event that asked for the mail.
        package let position: Int
        package let mail: SiteMail
        package let member: MemberID
        package var attempts = 0
        /// Attempts after which it is unknown whether the relay took the mail.
        var doubtful = 0
        /// Why the last attempt failed, as error codes of libcurl and the relay.
        package var failure: Failure?

        package struct Failure: Hashable, Sendable {
            package let code: Int
            package let reply: Int
        }
    }

    /// Separate queues, so that a password link does not wait behind a newsletter.
    package enum Lane: Int, CaseIterable, Sendable {
        case prompt, bulk
    }

    package let store: RuntimeStore

    /// - Parameter head: the end of the log. An outbox that is new or belongs to another log starts there, so that no old mail is sent.
    package init(store: RuntimeStore, head: Int) throws {
        self.store = store
        try Outbox.migrations.migrate(store.database)
        try store.database.write { database in
            try database.execute(
                sql: """
                    INSERT INTO mails_read VALUES (1, ?1)
                    ON CONFLICT DO UPDATE SET position = ?1 WHERE position > ?1
                    """, arguments: [head])
        }
    }

    private static var migrations: DatabaseMigrator {
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
        migrator.registerMigration("attempts that ended in doubt, lanes and mailings") { database in
            try database.execute(
                sql: """
                    ALTER TABLE mails ADD COLUMN doubtful INTEGER NOT NULL DEFAULT 0;
                    ALTER TABLE mails ADD COLUMN lane INTEGER NOT NULL DEFAULT 0;
                    ALTER TABLE mails ADD COLUMN code INTEGER;
                    ALTER TABLE mails ADD COLUMN reply INTEGER;
                    DROP INDEX mails_by_due;
                    CREATE INDEX mails_by_due ON mails (lane, due, position);
                    CREATE TABLE mailings (
                        position INTEGER NOT NULL PRIMARY KEY,
                        cursor INTEGER,
                        isWritten INTEGER NOT NULL DEFAULT 0
                    ) STRICT;
                    """)
        }
        return migrator
    }

    package var position: Int {
        get throws {
            try store.database.read { try Int.fetchOne($0, sql: "SELECT position FROM mails_read") } ?? 0
        }
    }

    /// Applies the events after `read` and up to `position`. Existing entries are not added again; does nothing if the outbox has
    /// been advanced by another caller since.
    /// - Parameter read: the outbox's position when the events were looked up.
    package func take(_ changes: Changes, from read: Int, to position: Int, due: Instant) throws {
        try store.database.write { database in
            guard try Int.fetchOne(database, sql: "SELECT position FROM mails_read") == read else { return }
            for entry in changes.entries { try Outbox.add(entry, due: due, in: database) }
            for mailing in changes.begun { try Outbox.begin(mailing: mailing, in: database) }
            for key in changes.completed {
                try database.execute(
                    sql: "DELETE FROM mails WHERE position = ? AND kind = ? AND member = ?",
                    arguments: [key.asked, key.name.rawValue, key.member.description])
            }
            for mailing in changes.ended { try Outbox.end(mailing: mailing, in: database) }
            try database.execute(sql: "UPDATE mails_read SET position = ?", arguments: [position])
        }
    }

    /// The changes to the outbox that a batch of events causes.
    package struct Changes: Sendable {
        package var entries: [Entry] = []
        /// Mails whose outcome the log records.
        var completed: [MailKey] = []
        /// Mailings that begin or end, by the positions of the events that began them.
        package var begun: [Int] = []
        package var ended: [Int] = []
    }

    package static func add(_ entry: Entry, due: Instant, in database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO mails (position, kind, member, attempts, due, lane) VALUES (?, ?, ?, 0, ?, ?)
                ON CONFLICT DO NOTHING
                """,
            arguments: [
                entry.position, entry.mail.rawValue, entry.member.description, due.milliseconds,
                entry.mail.traits.lane.rawValue,
            ])
    }

    /// - Parameter quarantined: entries up to this position are quarantined.
    package func due(
        _ lane: Lane? = nil, at now: Instant, after quarantined: Int? = nil, limit: Int = 100
    ) throws -> [Entry] {
        let lanes = lane.map { [$0] } ?? Lane.allCases
        return try store.database.read { database in
            try lanes.flatMap { lane in
                try Row.fetchAll(
                    database,
                    sql: """
                        SELECT * FROM mails WHERE lane = ? AND due <= ? AND position > ?
                        ORDER BY due, position LIMIT ?
                        """,
                    arguments: [lane.rawValue, now.milliseconds, quarantined ?? 0, limit])
            }
        }
        .compactMap(Entry.init)
    }

    /// When the next waiting mail is due.
    package var nextDue: Instant? {
        get throws {
            try store.database.read { try Int64.fetchOne($0, sql: "SELECT min(due) FROM mails") }.map(
                Instant.init(milliseconds:))
        }
    }

    /// Called just before the end of a mail is transmitted: until the outcome is recorded too, the attempt counts as in doubt.
    /// Crash window: a restart finds the attempt in doubt.
    func noteEnd(of entry: Entry) throws {
        try change(entry, "UPDATE mails SET doubtful = ?, attempts = ?", [entry.doubtful + 1, entry.attempts + 1])
    }

    package func remove(_ entry: Entry) throws { try change(entry, "DELETE FROM mails", []) }

    /// - Parameter inDoubt: whether the relay may have taken the mail.
    func postpone(_ entry: Entry, until due: Instant, after failure: Entry.Failure?, inDoubt: Bool = false) throws {
        try change(
            entry, "UPDATE mails SET attempts = ?, doubtful = ?, due = ?, code = ?, reply = ?",
            [
                entry.attempts + 1, entry.doubtful + (inDoubt ? 1 : 0), due.milliseconds, failure?.code, failure?.reply,
            ])
    }

    /// Makes entries due that were postponed beyond the longest pause: the clock was ahead at that time.
    func pullBack(beyond latest: Instant, to now: Instant) throws {
        try store.database.write { database in
            try database.execute(
                sql: "UPDATE mails SET due = ? WHERE due > ?", arguments: [now.milliseconds, latest.milliseconds])
        }
    }

    private func change(_ entry: Entry, _ sql: String, _ values: [(any DatabaseValueConvertible)?]) throws {
        let place: [(any DatabaseValueConvertible)?] = [
            entry.position, entry.mail.rawValue, entry.member.description,
        ]
        try store.database.write { database in
            try database.execute(
                sql: sql + " WHERE position = ? AND kind = ? AND member = ?",
                arguments: StatementArguments(values + place))
        }
    }

    /// Removes mails that events after a position asked for, when the log was restored without those events.
    package func removeAll(after position: Int) throws {
        try store.database.write { database in
            try database.execute(sql: "DELETE FROM mails WHERE position > ?", arguments: [position])
            try database.execute(sql: "DELETE FROM mailings WHERE position > ?", arguments: [position])
        }
    }

    /// Removes every mail about a member, as when the account is erased.
    package func removeAll(about member: MemberID) throws {
        try store.database.write { database in
            try database.execute(sql: "DELETE FROM mails WHERE member = ?", arguments: [member.description])
        }
    }
}

extension Outbox.Entry {
    package var key: MailKey { MailKey(asked: position, name: mail.name, member: member) }

    fileprivate init?(_ row: Row) {
        guard let mail = SiteMail(rawValue: row["kind"]), let member = MemberID(row["member"] as String) else {
            return nil
        }
        self.init(
            position: row["position"], mail: mail, member: member, attempts: row["attempts"], doubtful: row["doubtful"],
            failure: Failure(row))
    }
}

extension Outbox.Entry.Failure {
    package init?(_ row: Row) {
        guard let code: Int = row["code"], let reply: Int = row["reply"] else { return nil }
        self.init(code: code, reply: reply)
    }
}
