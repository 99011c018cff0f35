import Events
import Foundation
import Projections

/// `reading.sqlite`: the markers of what each member has read. The only connection that writes to the file and checkpoints it; erased rows do
/// not stay in its pages.
final class ReadingFile {
    /// What a row marks as read.
    enum Kind: String {
        /// Everything up to the position.
        case everything
        /// A conversation, up to the message at the position.
        case conversation
        /// All notifications up to the position.
        case notifications
        /// The one notification at the position.
        case opened
    }

    struct Row {
        let member: MemberID
        let kind: Kind
        /// The id of a conversation, the position of an opened notification, else empty.
        let thing: String
        let position: Int
    }

    private let connection: SQLiteConnection

    /// Opens or creates the file, readable by its owner only.
    /// - Throws: `ReadingUnusable`.
    init(at path: String, of log: LogIdentity) throws {
        try DatabaseFiles(path).makePrivate()
        connection = try SQLiteConnection(path, .create)
        do {
            // A crash may lose the newest markers, but damages nothing.
            try connection.run("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON")
            try prepare(for: log)
        } catch let error as SQLiteError where error.isDamage {
            throw ReadingUnusable.damaged(path)
        }
        guard try isOf(log) else { throw ReadingUnusable.ofAnotherLog(path) }
    }

    /// Opens an existing file for reading; leaves no files behind.
    init(reading path: String) throws { connection = try SQLiteConnection.reading(path) }

    private func prepare(for log: LogIdentity) throws {
        guard try connection.integer("PRAGMA user_version") == 0 else { return }
        try connection.atOnce {
            try connection.run(
                """
                CREATE TABLE reading(
                  only INTEGER PRIMARY KEY CHECK (only = 1),
                  log TEXT NOT NULL,
                  -- Events up to here count as read for everybody: what was read of them is no longer kept.
                  floor INTEGER NOT NULL,
                  -- The log's head when the markers of earlier programs were imported; NULL before.
                  imported INTEGER
                ) STRICT;
                CREATE TABLE markers(
                  member TEXT NOT NULL,
                  kind TEXT NOT NULL,
                  thing TEXT NOT NULL,
                  position INTEGER NOT NULL,
                  PRIMARY KEY (member, kind, thing)
                ) STRICT, WITHOUT ROWID;
                CREATE INDEX markers_by_position ON markers(position);
                """)
            let statement = try connection.statement("INSERT INTO reading VALUES (1, ?, 0, NULL)")
            statement.bind(1, log.id)
            try statement.execute()
            try connection.run("PRAGMA user_version=1")
        }
    }

    func isOf(_ log: LogIdentity) throws -> Bool { try connection.text("SELECT log FROM reading") == log.id }

    var isImported: Bool {
        get throws { try connection.integer("SELECT imported FROM reading") != nil }
    }

    var floor: Int {
        get throws { try connection.integer("SELECT floor FROM reading") ?? 0 }
    }

    /// The position of the oldest marker.
    var oldest: Int? {
        get throws { try connection.integer("SELECT min(position) FROM markers") }
    }

    func rows(of member: MemberID) throws -> [Row] {
        let statement = try connection.statement(
            "SELECT member, kind, thing, position FROM markers WHERE member = ? ORDER BY kind, position")
        statement.bind(1, member.description)
        return try statement.rows(Row.init).compactMap(\.self)
    }

    /// The members with markers.
    func members() throws -> [MemberID] {
        try connection.statement("SELECT DISTINCT member FROM markers").rows { $0.text(0) }.compactMap(MemberID.init)
    }

    func count(through position: Int) throws -> Int {
        let statement = try connection.statement("SELECT count(*) FROM markers WHERE position <= ?")
        statement.bind(1, position)
        return try statement.rows { $0.integer(0) }.first ?? 0
    }

    /// The number of markers after a position.
    func count(after position: Int) throws -> Int { try count(through: .max) - count(through: position) }

    /// Adds markers in one transaction.
    /// - Parameter imported: the head of the log from which markers are imported with them.
    func write(_ added: [MemberID: ReadMarkers], imported: Int? = nil) throws {
        try connection.atOnce {
            for (member, markers) in added { try write(markers, of: member) }
            if let imported { try connection.run("UPDATE reading SET imported = \(imported)") }
        }
    }

    private func write(_ markers: ReadMarkers, of member: MemberID) throws {
        if markers.everything > 0 {
            try put(Row(member: member, kind: .everything, thing: "", position: markers.everything))
            try delete("member = ? AND kind <> 'everything' AND position <= ?", member, markers.everything)
        }
        for (id, position) in markers.conversations {
            try put(Row(member: member, kind: .conversation, thing: id.description, position: position))
        }
        for position in markers.opened {
            try put(Row(member: member, kind: .opened, thing: String(position), position: position))
        }
        guard markers.notifications > 0 else { return }
        try put(Row(member: member, kind: .notifications, thing: "", position: markers.notifications))
        try delete("member = ? AND kind = 'opened' AND position <= ?", member, markers.notifications)
    }

    private func put(_ row: Row) throws {
        let statement = try connection.statement(
            """
            INSERT INTO markers(member, kind, thing, position) VALUES (?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET position = max(position, excluded.position)
            """)
        statement.bind(1, row.member.description)
        statement.bind(2, row.kind.rawValue)
        statement.bind(3, row.thing)
        statement.bind(4, row.position)
        try statement.execute()
    }

    private func delete(_ condition: String, _ member: MemberID, _ position: Int) throws {
        let statement = try connection.statement("DELETE FROM markers WHERE \(condition)")
        statement.bind(1, member.description)
        statement.bind(2, position)
        try statement.execute()
    }

    func forget(_ member: MemberID) throws { try delete("member = ? AND position <= ?", member, .max) }

    /// Deletes the markers up to a position, and counts everything up to it as read.
    /// - Returns: how many markers were deleted.
    func prune(through position: Int) throws -> Int {
        try connection.atOnce {
            let count = try count(through: position)
            try connection.run(
                "DELETE FROM markers WHERE position <= \(position); UPDATE reading SET floor = max(floor, \(position))")
            return count
        }
    }

    /// Lowers positions to the head of a log that ends earlier: new events will take the positions after it.
    func clip(to head: Int) throws {
        try connection.atOnce {
            try connection.run(
                """
                DELETE FROM markers WHERE kind = 'opened' AND position > \(head);
                UPDATE markers SET position = \(head) WHERE position > \(head);
                UPDATE reading SET floor = min(floor, \(head)), imported = min(imported, \(head))
                """)
        }
    }

    func mergeWriteAheadLog() throws { try connection.mergeWriteAheadLog() }

    func emptyWriteAheadLog() throws -> Bool { try connection.emptyWriteAheadLog() }
}

/// Why `reading.sqlite` cannot be used. Each says what to do.
package enum ReadingUnusable: Error, Hashable, CustomStringConvertible {
    case damaged(String)
    case ofAnotherLog(String)

    package var description: String {
        switch self {
        case .damaged(let path):
            "damaged file: \(path) is no sound SQLite database; move it away: what members have read is then forgotten"
        case .ofAnotherLog(let path): "\(path) belongs to another log; move it away, or put back the one of this site"
        }
    }
}

extension ReadingFile.Row {
    /// Nil for a kind that this program does not know.
    fileprivate init?(_ row: Statement) {
        guard let member = MemberID(row.text(0)), let kind = ReadingFile.Kind(rawValue: row.text(1)) else { return nil }
        self.init(member: member, kind: kind, thing: row.text(2), position: row.integer(3))
    }
}

extension ReadMarkers {
    init(_ rows: [ReadingFile.Row], floor: Int) {
        self.init()
        self.floor = floor
        for row in rows {
            switch row.kind {
            case .everything: everything = max(everything, row.position)
            case .conversation: if let id = ConversationID(row.thing) { conversations[id] = row.position }
            case .notifications: notifications = row.position
            case .opened: opened.insert(row.position)
            }
        }
        simplify()
    }
}
