import Events
import Foundation
import Synchronization

/// What is held outside the log: who is signed in where, links in mails, and the visits. A serving site has the files open already.
final class SideRecords: Sendable {
    struct Files: Sendable {
        let sessions: @Sendable (MemberID, Instant) throws -> [Session]
        let devices: @Sendable (MemberID) throws -> [KnownDevice]
        let visits: @Sendable (MemberID) throws -> [Visit]
        /// Nil where no site has ever been at work.
        let runtime: @Sendable () throws -> (store: RuntimeStore, sessions: Sessions)?
        let visitRows: VisitRows

        init(of site: Site) {
            let visits = site.visits
            sessions = { [sessions = site.sessions] in try sessions.list(of: $0, at: $1) }
            devices = { [devices = site.devices] in try devices.list(of: $0) }
            self.visits = { try visits?.visits(of: $0) ?? [] }
            runtime = { [store = site.runtime, sessions = site.sessions] in (store, sessions) }
            visitRows = VisitRows(
                count: { try visits?.count(before: $0) ?? 0 }, prune: { try visits?.prune(before: $0, at: $1) })
        }

        /// Reads the files of a data directory that no site serves; none of them is made for it.
        init(in data: URL) {
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
                    try file.settle()
                })
        }
    }

    /// The rows of the visit log by their age.
    struct VisitRows: Sendable {
        /// How many are older than a moment.
        let count: @Sendable (_ limit: Instant) throws -> Int
        /// Deletes those that are older, and leaves nothing of them in the file.
        let prune: @Sendable (_ limit: Instant, _ now: Instant) throws -> Void
    }

    private let installed = Mutex<Files?>(nil)

    func install(_ files: Files) { installed.withLock { $0 = files } }

    /// Those of the serving site, or the ones in the directory.
    func files(in data: URL) -> Files { installed.withLock { $0 } ?? Files(in: data) }
}
