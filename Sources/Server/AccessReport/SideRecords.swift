import Events
import Foundation
import Synchronization

/// What is known of a member outside the log: where that one is signed in, and the visits. A serving site has the files open already.
final class SideRecords: Sendable {
    struct Files: Sendable {
        let sessions: @Sendable (MemberID, Instant) throws -> [Session]
        let visits: @Sendable (MemberID) throws -> [Visit]

        init(of site: Site) {
            let visits = site.visits
            sessions = { [sessions = site.sessions] in try sessions.list(of: $0, at: $1) }
            self.visits = { try visits?.visits(of: $0) ?? [] }
        }

        /// Reads the files of a data directory that no site serves; none of them is made for it.
        init(in data: URL) {
            let runtime = data.appending(path: "runtime.sqlite").path
            let visits = data.appending(path: "visits.sqlite").path
            sessions = { member, now in
                guard FileManager.default.fileExists(atPath: runtime) else { return [] }
                return try Sessions(store: RuntimeStore(at: runtime)).list(of: member, at: now)
            }
            self.visits = { member in
                guard FileManager.default.fileExists(atPath: visits) else { return [] }
                return try VisitFile(at: visits).visits(of: member)
            }
        }
    }

    private let installed = Mutex<Files?>(nil)

    func install(_ files: Files) { installed.withLock { $0 = files } }

    /// Those of the serving site, or the ones in the directory.
    func files(in data: URL) -> Files { installed.withLock { $0 } ?? Files(in: data) }
}
