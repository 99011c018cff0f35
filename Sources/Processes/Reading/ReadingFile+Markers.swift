import Events
import Projections

extension ReadingFile {
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
            try delete("kind <> 'everything'", of: member, through: markers.everything)
        }
        for (id, position) in markers.conversations {
            try put(Row(member: member, kind: .conversation, thing: id.description, position: position))
        }
        for position in markers.opened {
            try put(Row(member: member, kind: .opened, thing: String(position), position: position))
        }
        guard markers.notifications > 0 else { return }
        try put(Row(member: member, kind: .notifications, thing: "", position: markers.notifications))
        try delete("kind = 'opened'", of: member, through: markers.notifications)
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

    private func delete(_ condition: String, of member: MemberID, through position: Int) throws {
        let statement = try connection.statement(
            "DELETE FROM markers WHERE \(condition) AND member = ? AND position <= ?")
        statement.bind(1, member.description)
        statement.bind(2, position)
        try statement.execute()
    }

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
