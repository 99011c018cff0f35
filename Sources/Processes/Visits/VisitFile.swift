import Accounts
import Events
import Foundation
import Projections

/// `visits.sqlite`: the only connection that writes to the file and checkpoints it; erased data does not stay in its pages.
final class VisitFile {
    let path: String
    private let connection: SQLiteConnection

    /// Opens or creates the file, readable by its owner only.
    init(at path: String) throws {
        self.path = path
        try DatabaseFiles(path).makePrivate()
        connection = try SQLiteConnection(path, .create)
        try connection.run("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON")
        guard try connection.integer("PRAGMA user_version") == 0 else { return }
        try connection.run(
            """
            BEGIN;
            CREATE TABLE visits(
              id INTEGER PRIMARY KEY,
              time INTEGER NOT NULL,
              visit TEXT,
              member TEXT,
              page TEXT,
              page_id TEXT,
              status INTEGER,
              referrer TEXT,
              device TEXT,
              browser TEXT,
              ip_address TEXT
            ) STRICT;
            CREATE INDEX visits_by_time ON visits(time);
            CREATE INDEX visits_of_member ON visits(member) WHERE member IS NOT NULL;
            PRAGMA user_version=1;
            COMMIT
            """)
    }

    func insert(_ visits: [Visit]) throws {
        try connection.atOnce {
            let statement = try connection.statement(
                """
                INSERT INTO visits(time, visit, member, page, page_id, status, referrer, device, browser, ip_address)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
            for visit in visits {
                statement.bind(1, Int(visit.time.milliseconds))
                statement.bind(2, visit.number?.description)
                statement.bind(3, visit.member?.description)
                statement.bind(4, visit.page)
                statement.bind(5, visit.pageID)
                statement.bind(6, visit.status)
                statement.bind(7, visit.referrer)
                statement.bind(8, visit.device?.kind.rawValue)
                statement.bind(9, visit.device?.browser.rawValue)
                statement.bind(10, visit.address)
                try statement.execute()
            }
        }
    }

    /// A member's rows, latest first.
    func visits(of member: MemberID) throws -> [Visit] {
        let statement = try connection.statement(
            """
            SELECT time, visit, member, page, page_id, status, referrer, device, browser, ip_address FROM visits
            WHERE member = ? ORDER BY time DESC, id DESC
            """)
        statement.bind(1, member.description)
        return try statement.rows(Visit.init)
    }

    func members() throws -> [MemberID] {
        try connection.statement("SELECT DISTINCT member FROM visits WHERE member IS NOT NULL")
            .rows { $0.text(0) }.compactMap(MemberID.init)
    }

    /// Removes member and address from a member's rows; a visit within one day stays one visit, under a new number.
    /// - Returns: the visits' previous numbers.
    func forget(_ member: MemberID) throws -> [VisitID] {
        try connection.atOnce {
            let visits = try connection.statement(
                "SELECT DISTINCT visit, time / 86400000 FROM visits WHERE member = ?")
            visits.bind(1, member.description)
            let unlinking = try connection.statement(
                """
                UPDATE visits SET visit = ?, member = NULL, ip_address = NULL
                WHERE member = ? AND visit IS ? AND time / 86400000 = ?
                """)
            let days = try visits.rows { (visit: $0.optionalText(0), day: $0.integer(1)) }
            for (visit, day) in days {
                unlinking.bind(1, visit.map { _ in VisitID.random().description })
                unlinking.bind(2, member.description)
                unlinking.bind(3, visit)
                unlinking.bind(4, day)
                try unlinking.execute()
            }
            return days.compactMap { $0.visit.flatMap(VisitID.init) }
        }
    }

    /// Deletes rows older than `limit`; rows with a future time, from a clock that was wrong, are dated `now` first.
    /// - Returns: how many rows were deleted.
    func prune(before limit: Instant, at now: Instant) throws -> Int {
        try connection.atOnce {
            let dating = try connection.statement("UPDATE visits SET time = ?1 WHERE time > ?1")
            dating.bind(1, Int(now.milliseconds))
            try dating.execute()
            let before = try count()
            let pruning = try connection.statement("DELETE FROM visits WHERE time < ?")
            pruning.bind(1, Int(limit.milliseconds))
            try pruning.execute()
            return try before - count()
        }
    }

    func oldest() throws -> Instant? {
        try connection.integer("SELECT min(time) FROM visits").map { Instant(milliseconds: Int64($0)) }
    }

    /// Counts a signed-in member once, whatever the address, and other visitors by network.
    func addresses(since limit: Instant) throws -> RetentionSchedule.Retained {
        let statement = try connection.statement(
            """
            SELECT count(DISTINCT coalesce(member, ip_address)), min(time) FROM visits
            WHERE ip_address IS NOT NULL AND time > ?
            """)
        statement.bind(1, Int(limit.milliseconds))
        let row = try statement.rows { ($0.integer(0), $0.optionalInteger(1)) }.first ?? (0, nil)
        return RetentionSchedule.Retained(
            persons: row.0, oldest: row.1.map { Instant(milliseconds: Int64($0)) })
    }

    func count(before limit: Instant) throws -> Int {
        let statement = try connection.statement("SELECT count(*) FROM visits WHERE time < ?")
        statement.bind(1, Int(limit.milliseconds))
        return try statement.rows { $0.integer(0) }.first ?? 0
    }

    func count() throws -> Int { try connection.integer("SELECT count(*) FROM visits") ?? 0 }

    func mergeWriteAheadLog() throws { try connection.mergeWriteAheadLog() }

    func emptyWriteAheadLog() throws -> Bool { try connection.emptyWriteAheadLog() }
}

extension Visit {
    fileprivate init(_ row: Statement) {
        self.init(time: Instant(milliseconds: Int64(row.integer(0))))
        number = row.optionalText(1).flatMap(VisitID.init)
        member = row.optionalText(2).flatMap(MemberID.init)
        page = row.optionalText(3)
        pageID = row.optionalText(4)
        status = row.optionalInteger(5)
        referrer = row.optionalText(6)
        device = row.optionalText(7).flatMap(VisitDevice.Kind.init).map { kind in
            VisitDevice(kind: kind, browser: row.optionalText(8).flatMap(VisitDevice.Browser.init) ?? .other)
        }
        address = row.optionalText(9)
    }
}
