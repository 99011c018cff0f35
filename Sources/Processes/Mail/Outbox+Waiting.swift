package import Events
import GRDB

extension Outbox {
    /// The number of waiting mails, in all or asked for by one event.
    package func count(askedBy position: Int? = nil, _ lane: Lane? = nil) throws -> Int {
        try store.database.read { database in
            try Int.fetchOne(
                database,
                sql: "SELECT count(*) FROM mails WHERE (?1 IS NULL OR position = ?1) AND (?2 IS NULL OR lane = ?2)",
                arguments: [position, lane?.rawValue]) ?? 0
        }
    }

    /// The waiting mails by kind and last failure, for monitoring.
    package func waiting(limit: Int) throws -> [Waiting] {
        try store.database.read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT kind, code, reply, count(*) AS count, max(attempts) AS attempts, min(due) AS due,
                      min(position) AS position
                    FROM mails GROUP BY kind, code, reply ORDER BY min(due) LIMIT ?
                    """, arguments: [limit])
        }
        .compactMap { row in
            SiteMail(rawValue: row["kind"]).map {
                Waiting(
                    mail: $0, count: row["count"], attempts: row["attempts"],
                    nextDue: Instant(milliseconds: row["due"]),
                    firstAsked: row["position"], failure: Entry.Failure(row))
            }
        }
    }

    package struct Waiting: Sendable {
        package let mail: SiteMail
        package let count: Int
        package let attempts: Int
        package let nextDue: Instant
        let firstAsked: Int
        package let failure: Entry.Failure?
    }
}
