package import Events
package import Foundation

/// Access to data outside the log: sessions, links in mails, and visits; a serving site passes its open files.
package struct OperationalRecords: Sendable {
    package let sessions: @Sendable (MemberID, Instant) throws -> [Session]
    package let devices: @Sendable (MemberID) throws -> [KnownDevice]
    package let visits: @Sendable (MemberID) throws -> [Visit]
    /// Nil if no site has served this data directory yet.
    package let runtime: @Sendable () throws -> (store: RuntimeStore, sessions: Sessions)?
    let visitRows: VisitRows

    package init(of stores: OperationalStores) {
        let visits = stores.visits
        sessions = { [sessions = stores.sessions] in try sessions.list(of: $0, at: $1) }
        devices = { [devices = stores.devices] in try devices.list(of: $0) }
        self.visits = { try visits?.visits(of: $0) ?? [] }
        runtime = { [store = stores.runtime, sessions = stores.sessions] in (store, sessions) }
        visitRows = VisitRows(
            count: { try visits?.count(before: $0) ?? 0 }, prune: { try visits?.prune(before: $0, at: $1) })
    }

    /// Opens the files of a data directory that no site serves; creates none of them.
    package init(in data: URL) {
        let runtime = data.appending(path: "runtime.sqlite").path
        let visits = data.appending(path: "visits.sqlite").path
        sessions = { member, now in
            guard FileManager.default.fileExists(atPath: runtime) else { return [] }
            return try Sessions(store: RuntimeStore(at: runtime)).list(of: member, at: now)
        }
        devices = { member in
            guard FileManager.default.fileExists(atPath: runtime) else { return [] }
            return try KnownDevices(store: RuntimeStore(at: runtime)).list(of: member)
        }
        self.visits = { member in
            guard FileManager.default.fileExists(atPath: visits) else { return [] }
            return try VisitFile(at: visits).visits(of: member)
        }
        self.runtime = {
            guard FileManager.default.fileExists(atPath: runtime) else { return nil }
            let store = try RuntimeStore(at: runtime)
            return (store, Sessions(store: store))
        }
        visitRows = VisitRows(
            count: { limit in
                guard FileManager.default.fileExists(atPath: visits) else { return 0 }
                return try VisitFile(at: visits).count(before: limit)
            },
            prune: { limit, now in
                guard FileManager.default.fileExists(atPath: visits) else { return }
                let file = try VisitFile(at: visits)
                _ = try file.prune(before: limit, at: now)
                try file.mergeWriteAheadLog()
            })
    }

    /// The rows of the visit log by age.
    struct VisitRows: Sendable {
        /// The number of rows older than a time.
        let count: @Sendable (_ limit: Instant) throws -> Int
        /// Deletes older rows, and leaves nothing of them in the file.
        let prune: @Sendable (_ limit: Instant, _ now: Instant) throws -> Void
    }
}
