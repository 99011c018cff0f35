import Foundation

/// How a log is opened: normally, or by a restoration in progress.
enum Opening {
    case asUsual, byRestoration

    /// Refuses a log without its hash key and, when opened as usual, one that is incomplete.
    /// - Returns: the origin under which its checkpoints are signed.
    func check(_ files: LogFiles, _ log: LogIdentity, _ keyring: Keyring) throws -> String {
        let connection = try SQLiteConnection(files.log, .readOnly)
        try keyring.requireHashKey(of: connection)
        let origins = try CheckpointOrigins(of: log, in: connection)
        switch self {
        case .byRestoration: break
        case .asUsual:
            if FileManager.default.fileExists(atPath: files.restoring) { throw LogUnusable.restoreUnfinished }
            let head = try connection.integer("SELECT max(position) FROM events") ?? 0
            if let kept = KeptCheckpoints(files).beyond(head, of: origins) {
                throw LogUnusable.shorterThanCheckpoint(head: head, size: kept.checkpoint.size)
            }
        }
        return origins.current
    }
}

/// The checkpoints kept in the data directory and in the anchor directory.
struct KeptCheckpoints {
    let all: [SignedCheckpoint]

    init(_ files: LogFiles) {
        let places = [URL(fileURLWithPath: files.checkpoint)] + (files.anchored.map { [$0.checkpoint] } ?? [])
        all = places.compactMap { place in
            (try? String(contentsOf: place, encoding: .utf8)).flatMap { try? SignedCheckpoint(note: $0) }
        }
    }

    /// The largest checkpoint, of this log or of a continuation that it does not know, that is beyond the log's head.
    func beyond(_ head: Int, of origins: CheckpointOrigins) -> SignedCheckpoint? {
        all.filter { kept in
            let name = kept.checkpoint.origin
            guard origins.areOfLog(name), kept.checkpoint.size > head else { return false }
            // The events lost in an earlier restoration are recorded as lost.
            return origins[name].map { $0.through == nil } ?? true
        }
        .max { $0.checkpoint.size < $1.checkpoint.size }
    }
}
