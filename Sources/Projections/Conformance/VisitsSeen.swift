import Accounts
package import Events
package import Foundation

/// When the oldest row of the visit log was written. It stands apart from the log, and no event says when rows go.
package struct VisitsSeen: Sendable {
    /// Nil when there are none.
    let oldest: Instant?

    package init(oldest: Instant?) { self.oldest = oldest }

    /// Reads the file beside whatever process may be writing to it.
    /// - Returns: nil when there is no such file.
    package static func read(_ file: URL) throws -> VisitsSeen? {
        guard FileManager.default.fileExists(atPath: file.path) else { return nil }
        let connection = try SQLiteConnection(file.path, .readOnly)
        let oldest = try connection.integer("SELECT min(time) FROM visits")
        return VisitsSeen(oldest: oldest.map { Instant(milliseconds: Int64($0)) })
    }

    /// P-05.1: a row goes when its time is out.
    func check(_ history: History, at now: Instant, _ violations: inout Violations) {
        guard let oldest, let limit = history.policies.calendar.limit(judgedAt: now.lastLate, \.visitLog),
            oldest < limit
        else { return }
        violations.add("the oldest row is of \(oldest)", at: history.position)
    }
}
