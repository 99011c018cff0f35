extension EventLog {
    /// The position of the last event at or before a time; 0 when there is none.
    package func position(at time: Instant) throws -> Int { try readers.read { try $0.position(at: time) } }
}

extension LogReader {
    /// Times never decrease along the log, so a binary search finds the position.
    func position(at time: Instant) throws -> Int {
        let event = try connection.statement("SELECT time FROM events WHERE position = ?")
        var (before, until) = (0, try head())
        while before < until {
            let middle = (before + until + 1) / 2
            event.bind(1, middle)
            let happened = try event.rows { $0.integer(0) }.first ?? .max
            if happened <= time.milliseconds { before = middle } else { until = middle - 1 }
        }
        return before
    }
}
