extension EventLog {
    /// Calls `body` with every event of the named types, in the order of the log. Sealed parts are not opened.
    ///
    /// Scans the whole log: for work that is done once.
    package func forEachEvent(named names: [String], _ body: (RecordedEvent) throws -> Void) throws {
        try readers.read { reader in
            var last = 0
            while true {
                let events = try reader.lockedEvents(named: names, after: last, limit: 1000)
                guard let newest = events.last else { return }
                for event in events { try body(event) }
                last = newest.position
            }
        }
    }
}

extension LogReader {
    /// The next events of the named types, with their sealed parts locked.
    fileprivate func lockedEvents(named names: [String], after position: Int, limit: Int) throws -> [RecordedEvent] {
        let marks = names.map { _ in "?" }.joined(separator: ", ")
        let statement = try connection.statement(
            """
            SELECT \(EventRow.columns) FROM events WHERE position > ? AND type IN (\(marks)) ORDER BY position LIMIT ?
            """)
        statement.bind(1, position)
        for (index, name) in names.enumerated() { statement.bind(Int32(index + 2), name) }
        statement.bind(Int32(names.count + 2), limit)
        return try statement.rows { statement in
            let row = EventRow(statement)
            return try row.recorded(content: row.isSealed ? .locked : .none)
        }
    }
}
