import Accounts
import Crypto
package import Events
import Foundation
import GRDB

/// The day's incidents in `runtime.sqlite`. Accounts and networks stand there as keyed hashes, for a day at most.
package struct SecurityCounts: Sendable {
    /// A count that has crossed its threshold and has no notice yet.
    struct Crossing: Sendable {
        let key: SecurityMonitor.Key
        let count: Int
        /// Names the notice: the same for the same kind, target and day.
        let command: CommandID
    }

    /// The most notices in a day.
    package static let mostNotices = 100
    /// The most targets that are told apart in a day.
    private static let mostRows = 50_000

    let store: RuntimeStore

    package init(store: RuntimeStore) { self.store = store }

    /// Adds incidents to the counts of a day.
    /// - Returns: what has crossed its threshold, as far as the day's notices go.
    func add(_ incidents: [SecurityMonitor.Key: Int], on day: CalendarDate) throws -> [Crossing] {
        try store.database.write { database in
            var crossings: [Crossing] = []
            var rows = try Int.fetchOne(database, sql: "SELECT count(*) FROM security_counts") ?? 0
            for (key, count) in incidents {
                let hash = hash(of: key, on: day)
                let known = try Row.fetchOne(
                    database, sql: "SELECT count, noticed FROM security_counts WHERE hash = ?", arguments: [hash])
                if known == nil {
                    guard rows < SecurityCounts.mostRows else { continue }
                    rows += 1
                }
                let total = (known?["count"] as Int? ?? 0) + count
                try database.execute(
                    sql: """
                        INSERT INTO security_counts VALUES (?, ?, ?, ?, 0)
                        ON CONFLICT DO UPDATE SET count = excluded.count
                        """,
                    arguments: [hash, day.description, key.kind.rawValue, total])
                guard total >= key.kind.threshold(for: key.target), (known?["noticed"] as Bool?) != true else {
                    continue
                }
                let command = CommandID(named: "security \(Hex.encode(Array(hash)))", at: day.startInStockholm)
                crossings.append(Crossing(key: key, count: total, command: command))
            }
            let room = SecurityCounts.mostNotices - (try notices(on: day, in: database))
            return Array(crossings.sorted { $0.count > $1.count }.prefix(max(0, room)))
        }
    }

    /// Whether a kind has a notice on a day.
    func isNoticed(_ kind: SecurityIncident, on day: CalendarDate) throws -> Bool {
        try store.database.read { database in
            try Bool.fetchOne(
                database, sql: "SELECT EXISTS (SELECT 1 FROM security_counts WHERE day = ? AND kind = ? AND noticed)",
                arguments: [day.description, kind.rawValue]) ?? false
        }
    }

    /// Called once the notice is in the log. Until then it is tried again, with the same command.
    func markNoticed(_ key: SecurityMonitor.Key, on day: CalendarDate) throws {
        try store.database.write { database in
            try database.execute(
                sql: "UPDATE security_counts SET noticed = 1 WHERE hash = ?", arguments: [hash(of: key, on: day)])
        }
    }

    /// Deletes the counts of other days.
    package func prune(except day: CalendarDate) throws {
        try store.database.write { database in
            try database.execute(sql: "DELETE FROM security_counts WHERE day <> ?", arguments: [day.description])
        }
    }

    private func notices(on day: CalendarDate, in database: Database) throws -> Int {
        try Int.fetchOne(
            database, sql: "SELECT count(*) FROM security_counts WHERE day = ? AND noticed",
            arguments: [day.description]) ?? 0
    }

    private func hash(of key: SecurityMonitor.Key, on day: CalendarDate) -> Data {
        let target =
            switch key.target {
            case .account(let id): "account \(id)"
            case .network(let network): "network \(Hex.encode(network.bytes))"
            }
        let text = "security \(day) \(key.kind.rawValue) \(target)"
        return Data(HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: store.formKey).prefix(16))
    }
}
