import Foundation

/// `restoring` in the data directory: a restoration was begun. While it exists, only the same restoration opens the log.
struct RestoreMarker: Codable, Sendable {
    struct Loss: Codable, Sendable {
        let id: String
        let lastKnown: Int
        let root: String
        let lostFrom: Int
    }

    let backups: [String]
    let parts: [BackupPart]
    /// Whether every file is in its place, so that only `Restoration.finish` is left.
    var isPlaced: Bool
    let loss: Loss?

    init(_ plan: RestorePlan, isPlaced: Bool) {
        backups = plan.backups
        parts = plan.parts
        self.isPlaced = isPlaced
        loss = plan.continued.map {
            Loss(
                id: $0.id.description, lastKnown: $0.lastKnown, root: $0.root.description, lostFrom: $0.lostFrom)
        }
    }

    /// Nil when no restoration was begun.
    init?(_ files: LogFiles) throws {
        guard FileManager.default.fileExists(atPath: files.restoring) else { return nil }
        guard let data = FileManager.default.contents(atPath: files.restoring),
            let marker = try? JSONDecoder().decode(RestoreMarker.self, from: data)
        else { throw BackupUnusable.unreachable(files.restoring) }
        self = marker
    }

    var continued: LogContinued? {
        get throws {
            guard let loss else { return nil }
            guard let id = ContinuationID(loss.id), let root = TextHash(loss.root) else {
                throw MalformedEvent(reason: "unreadable marker of a restoration", offset: 0)
            }
            return LogContinued(id: id, lastKnown: loss.lastKnown, root: root, lostFrom: loss.lostFrom)
        }
    }

    func write(to files: LogFiles) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        try DurableFile.write(Array(try encoder.encode(self)), to: files.restoring)
    }
}
