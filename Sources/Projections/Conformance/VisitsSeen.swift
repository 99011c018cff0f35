import Accounts
package import Events
package import Foundation

/// When the oldest row of the visit log was written. It is separate from the event log, and no event records the deletion of its rows.
package struct VisitsSeen: Sendable {
    /// Nil when there are no rows.
    let oldest: Instant?

    package init(oldest: Instant?) { self.oldest = oldest }

    /// Reads the file, also while another process writes to it.
    /// - Returns: nil when there is no such file.
    package static func read(_ file: URL) throws -> VisitsSeen? {
        guard FileManager.default.fileExists(atPath: file.path) else { return nil }
        let connection = try SQLiteConnection.reading(file.path)
        let oldest = try connection.integer("SELECT min(time) FROM visits")
        return VisitsSeen(oldest: oldest.map { Instant(milliseconds: Int64($0)) })
    }

    /// P-05.1: a row is deleted when its time is out.
    func check(_ history: History, at now: Instant, _ violations: inout Violations) {
        guard let oldest, let limit = history.policies.calendar.limit(judgedAt: now.lastLate, \.visitLog),
            oldest < limit
        else { return }
        violations.add("the oldest row is of \(oldest)", at: history.position)
    }
}
