package import Events
package import Foundation

/// What the files next to the log held: for the checks whose evidence is not in the log alone.
package struct FileEvidence {
    let seen: [any SeenFile]
    /// The time at which the age of what they held is judged.
    let judgedAt: Instant

    /// No file was read: checks that need one are not made.
    package static var none: FileEvidence { FileEvidence([], judgedAt: Instant(milliseconds: 0)) }

    init(_ seen: [any SeenFile], judgedAt: Instant) {
        self.seen = seen
        self.judgedAt = judgedAt
    }

    /// Reads every file of a data directory that is there and can be read, also while a site uses them.
    /// - Parameters:
    ///   - backups: the directory above the backups, if it is known.
    ///   - now: the time of the reading.
    ///   - judgedAt: not before it.
    package init(of files: LogFiles, backups: URL?, _ log: LogCopy, readAt now: Instant, judgedAt: Instant) throws {
        let head = try log.head()
        self.judgedAt = max(now, judgedAt)
        func read<Seen: SeenFile>(_ read: () throws -> Seen?) -> [any SeenFile] {
            // A file that cannot be read counts as missing, and its checks as not made.
            guard let seen = try? read() else { return [] }
            return [seen]
        }
        let shown = try? ShownSeen.newest(in: files.data, today: now)
        seen =
            read { try ClaimsSeen(in: log) }
            + read { shown?.members }
            + read { shown?.texts }
            + read { try VisitsSeen(files.data.appending(path: "visits.sqlite"), at: head, through: now) }
            + read { try RuntimeSeen(files.data.appending(path: "runtime.sqlite").path, at: head, now) }
            + read { try ReadingSeen(files.reading, at: head, now) }
            + read { try VaultSeen(files.vault, of: log, at: head) }
            + read { try backups.map { try BackupsSeen($0, at: head, now) } }
            // A copy of the log alone tells nothing of the directory that it comes from.
            + (shown == nil ? [] : read { try DirectorySeen(files, at: head) })
    }
}
