import Crypto
package import Foundation

/// The part of a site that a directory of a backup holds. Each can be stored and restored without the others.
package enum BackupPart: String, CaseIterable, Codable, Sendable {
    case log, vault, keys
}

/// `manifest.json` with the files of one part of a backup: the log they belong to, and their digests. Written last: without it the part
/// is incomplete.
package struct BackupManifest: Codable, Hashable, Sendable {
    package let format: Int
    package let part: BackupPart
    /// The id of the backup, the same in each of its parts.
    package let backup: String
    package let log: String
    /// When copying began, as RFC 3339: data erased later may be in it.
    package let begun: String
    /// The number of events in the log, and their root in base 64.
    package let head: Int
    package let root: String
    /// The epochs of the keys that the part needs, or holds.
    package let epochs: [Int]
    /// SHA-256 in hexadecimal digits, by file name.
    package let files: [String: String]

    static let current = 1
    static let name = "manifest.json"

    init(
        _ part: BackupPart, _ backup: BackupID, of log: LogIdentity, begun: Instant, head: Checkpoint, epochs: [Int],
        in directory: URL
    ) throws {
        format = BackupManifest.current
        self.part = part
        self.backup = backup.description
        self.log = log.id
        self.begun = begun.description
        self.head = head.size
        root = Data(head.root).base64EncodedString()
        self.epochs = epochs
        let names = try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted()
        files = try Dictionary(
            uniqueKeysWithValues: names.map { ($0, try FileDigest.of(directory.appending(path: $0).path)) })
    }

    func write(to directory: URL) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let file = directory.appending(path: BackupManifest.name).path
        try DurableFile.write(Array(try encoder.encode(self)) + [UInt8(ascii: "\n")], to: file)
    }

    /// Nil when the directory does not hold that part.
    /// - Throws: `BackupUnusable` when its files are not what the manifest says.
    package init?(_ part: BackupPart, in backup: URL) throws {
        let directory = backup.appending(path: part.rawValue)
        guard FileManager.default.fileExists(atPath: directory.path) else { return nil }
        let file = directory.appending(path: BackupManifest.name)
        guard let data = try? Data(contentsOf: file) else { throw BackupUnusable.incomplete(directory.path) }
        guard let manifest = try? JSONDecoder().decode(BackupManifest.self, from: data), manifest.part == part,
            manifest.format == BackupManifest.current, BackupID(manifest.backup) != nil, !manifest.files.isEmpty,
            manifest.files.keys.allSatisfy({ !$0.contains("/") && !$0.hasPrefix(".") })
        else { throw BackupUnusable.unreadable(file.path) }
        for (name, digest) in manifest.files.sorted(by: { $0.key < $1.key }) {
            let path = directory.appending(path: name).path
            guard let found = try? FileDigest.of(path), found == digest else { throw BackupUnusable.changed(path) }
        }
        self = manifest
    }

    var id: BackupID? { BackupID(backup) }

    /// When the backup in a directory was begun, by the first of its manifests that can be read; nil when there is none. Its files are not
    /// examined.
    package static func begun(in backup: URL) -> Instant? {
        BackupPart.allCases.lazy.compactMap { part in
            let file = backup.appending(path: part.rawValue).appending(path: name)
            guard let data = try? Data(contentsOf: file) else { return nil }
            return (try? JSONDecoder().decode(BackupManifest.self, from: data)).flatMap { Instant($0.begun) }
        }.first
    }
}

/// Why a directory cannot be restored from, or backed up to. Each says what to do.
package enum BackupUnusable: Error, Hashable, CustomStringConvertible {
    case notEmpty(String)
    case nothingThere(String)
    case incomplete(String)
    case unreadable(String)
    case changed(String)
    case ofDifferentLogs(String)
    case inTheWay(String)
    case partMissing(BackupPart)
    case noLedger
    case ledgerOlderThanBackup(String)
    case otherContinuation(String)
    case lossNotAccepted(head: Int, known: Int)
    case otherRestoreUnfinished(String)
    case unreachable(String)

    package var description: String {
        switch self {
        case .notEmpty(let path): "\(path) is not empty; name a new or an empty directory for the backup"
        case .nothingThere(let path): "\(path) holds no backup: neither log/, vault/ nor keys/ is there"
        case .incomplete(let path): "\(path) has no manifest.json: that backup was never finished; use another one"
        case .unreadable(let path): "\(path) is no manifest of a backup that this program knows"
        case .changed(let path): "\(path) is missing or not the file that was backed up; use another copy of the backup"
        case .ofDifferentLogs(let what): "\(what) belongs to another log; use the parts of one site"
        case .inTheWay(let path):
            "\(path) is there already; move it away, or take that part out of the backup directory"
        case .partMissing(let part):
            "there is no \(part.rawValue), neither in the backup nor in its place; add DIR/\(part.rawValue), or put it back first"
        case .noLedger:
            "no erasure ledger was found; give the newest one with --ledger FILE or --anchor DIR: without it erased members would come back"
        case .ledgerOlderThanBackup(let backup):
            "no erasure ledger was found that is newer than backup \(backup); give the newest one with --ledger FILE or --anchor DIR: without it erased members would come back"
        case .otherContinuation(let path):
            "\(path) is a checkpoint of this log after a loss that the restored log does not know; move it away if that continuation is given up"
        case .lossNotAccepted(let head, let known):
            "the log would end at position \(head), but a checkpoint was kept over \(known) events; find a newer log, or give up positions \(head + 1) to \(known) with --accept-loss"
        case .otherRestoreUnfinished(let backup):
            "a restore from backup \(backup) is unfinished here; repeat that one, or empty the data directory"
        case .unreachable(let path):
            "\(path) cannot be read or written; check its rights and that its medium is mounted"
        }
    }
}

/// The SHA-256 of a file, read piece by piece.
enum FileDigest {
    static func of(_ path: String) throws -> String {
        let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        defer { try? file.close() }
        var hash = SHA256()
        while let piece = try file.read(upToCount: 1 << 20), !piece.isEmpty { hash.update(data: piece) }
        return Hex.encode(hash.finalize())
    }
}
