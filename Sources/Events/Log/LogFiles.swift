package import Foundation

/// The paths of the log and of the files that belong to it.
package struct LogFiles: Sendable {
    package let data: URL
    package let keys: URL
    /// A directory on another medium that has copies of the checkpoint and the erasure ledger.
    package let anchor: URL?

    package init(data: URL, keys: URL? = nil, anchor: URL? = nil) {
        self.data = data
        self.keys = keys ?? data.appending(path: "keys")
        self.anchor = anchor
    }

    package var log: String { data.appending(path: "log.sqlite").path }
    package var vault: String { data.appending(path: "vault.sqlite").path }
    /// What each member has read, her bookmarks and drafts: state of readers, not history. Written by the serving process alone.
    package var reading: String { data.appending(path: "reading.sqlite").path }
    package var checkpoint: String { data.appending(path: "checkpoint").path }
    /// The directory of large sealed data, one file each.
    package var blobs: URL { data.appending(path: "blobs") }
    /// A marker that exists while files are being restored from a backup.
    package var restoring: String { data.appending(path: "restoring").path }
}

/// Why a data directory cannot be used. Each says what to do.
package enum LogUnusable: Error, Equatable {
    case noLog(String)
    case alreadyExists(String)
    case damaged(String)
    /// The file exists, or may exist, and the system refuses to open it.
    case unreachable(String, reason: String)
    case noKeys(String)
    case wrongMasterKey
    case vaultOfAnotherLog
    case vaultOlderThanLog(position: Int)
    case newerFormat(Int)
    case inUse(String)
    case unreadableLedger(String)
    case epochMissing(Int)
    case hashKeyMissing(Int)
    case anchorUnreachable(String)
    case shorterThanCheckpoint(head: Int, size: Int)
    case restoreUnfinished
}

extension LogUnusable: CustomStringConvertible {
    package var description: String {
        switch self {
        case .noLog(let path): "there is no log at \(path); create one with 'mikroforetag init'"
        case .alreadyExists(let path): "\(path) exists already; choose an empty data directory"
        case .damaged(let path): "damaged file: \(path) is no sound SQLite database; restore it from a backup"
        case .unreachable(let path, let reason):
            "\(path) cannot be opened (\(reason)); check the rights of the file and its directory, and that its medium is mounted and can be written to"
        case .noKeys(let path):
            "the key \(path) is missing or unreadable; put back the keys directory that belongs to this data, or name it with --keys"
        case .wrongMasterKey:
            "the master key does not open this vault; use the keys directory that belongs to this data"
        case .vaultOfAnotherLog: "vault.sqlite belongs to another log; restore the vault and the log of the same site"
        case .vaultOlderThanLog(let position):
            "the vault is older than the log: the key of the event at position \(position) is missing; restore a newer vault.sqlite"
        case .newerFormat(let version):
            "the log has format \(version), which this version of the program does not know; upgrade the program"
        case .unreadableLedger(let path):
            "the erasure ledger \(path) has a line that cannot be read; put back the newest whole copy of it"
        case .epochMissing(let epoch):
            "the vault, or reading.sqlite, is wrapped by master-key epoch \(epoch), which is not in the keys directory: it was destroyed after a rotation, or belongs elsewhere; use a newer vault, or the right keys"
        case .hashKeyMissing(let epoch):
            "the names in this log are hashed under key epoch \(epoch), which is not in the keys directory: with older keys nobody could sign in, and registered numbers would count as free; put back the newest keys, or restore the log from the same backup as the keys"
        case .anchorUnreachable(let path):
            "the anchor directory \(path) is missing or cannot be written to; mount it, or change anchor.directory"
        case .shorterThanCheckpoint(let head, let size):
            "the log ends at position \(head), but a checkpoint was kept over \(size) events; put back the newest log.sqlite together with its log.sqlite-wal, or use 'mikroforetag restore'"
        case .restoreUnfinished: "a restore was begun here and is not finished; repeat 'mikroforetag restore'"
        case .inUse(let path): "another process is using \(path); stop it first"
        }
    }
}

extension LogUnusable {
    /// Maps the `errno` of a failed `open`.
    init(errno code: Int32, opening path: String) {
        self = code == ENOENT ? .noLog(path) : .unreachable(path, reason: String(cString: strerror(code)))
    }

    /// Maps SQLite's error when it opens a file: either damage, or the system's reason.
    init(_ error: SQLiteError, opening path: String) {
        guard !error.isDamage else { self = .damaged(path); return }
        let directory = URL(fileURLWithPath: path).deletingLastPathComponent().path
        for (place, access) in [(path, F_OK), (path, R_OK), (path, W_OK), (directory, W_OK)]
        where Foundation.access(place, access) != 0 {
            self.init(errno: errno, opening: path)
            return
        }
        self = .unreachable(path, reason: error.message)
    }

    /// - Throws: `noLog` only when the file certainly does not exist; `unreachable` when the system does not say.
    package static func requireLog(at path: String) throws {
        guard access(path, F_OK) == 0 else { throw LogUnusable(errno: errno, opening: path) }
    }
}
