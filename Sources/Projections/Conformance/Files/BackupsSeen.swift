import Accounts
import Events
import Foundation

/// The backups in a directory, by their manifests.
struct BackupsSeen: SeenFile {
    let position: Int
    private let time: Instant
    /// When each was begun, by its directory's name.
    private let begun: [String: Instant]

    static let checks: [InvariantName] = [.backupsGo]

    /// Old backups are removed once a day, by what the operator has set up.
    private static let leeway: Double = 2 * 24 * 3600

    init(position: Int, readAt time: Instant, begun: [String: Instant]) {
        self.position = position
        self.time = time
        self.begun = begun
    }

    /// - Parameter directory: the one above the backups, each a directory with parts.
    /// - Throws: when it cannot be read.
    init(_ directory: URL, at position: Int, _ time: Instant) throws {
        var begun: [String: Instant] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: directory.path) {
            begun[name] = BackupManifest.begun(in: directory.appending(path: name))
        }
        self.init(position: position, readAt: time, begun: begun)
    }

    func check(_ history: History, at _: Instant, _ found: inout FoundViolations) {
        let judged = time.advanced(seconds: -BackupsSeen.leeway)
        guard let limit = history.policies.calendar.limit(judgedAt: judged, \.backup) else { return }
        for (name, time) in begun.sorted(by: { $0.key < $1.key }) where time < limit {
            found.add(.backupsGo, "the backup \(name) of \(time) is still there", at: position)
        }
    }
}
