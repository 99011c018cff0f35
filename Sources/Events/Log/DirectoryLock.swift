import Foundation

/// The lock of a data directory: one writing process at a time.
///
/// Taken on the directory itself, so that deleting a lock file cannot bypass it.
package final class DirectoryLock: Sendable {
    private let descriptor: Int32

    /// - Throws: `LogUnusable.inUse` when another process has it.
    package init(_ files: LogFiles) throws {
        let path = files.data.path
        let opened = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard opened >= 0 else { throw LogUnusable(errno: errno, opening: path) }
        // From here on `deinit` closes it, also when this initialiser throws: a second close could hit another file's descriptor.
        descriptor = opened
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { throw LogUnusable.inUse(path) }
    }

    deinit { close(descriptor) }
}

/// The device and inode of each file that a writer has open.
///
/// SQLite keeps writing to a file that was removed or replaced; everything acknowledged since then is lost when the process ends.
struct OpenedFiles: Sendable {
    private struct Identity: Equatable {
        let device: dev_t
        let inode: ino_t

        init?(_ path: String) {
            var status = stat()
            guard stat(path, &status) == 0 else { return nil }
            (device, inode) = (status.st_dev, status.st_ino)
        }
    }

    private let opened: [(path: String, identity: Identity)]

    /// - Parameter databases: paths of databases that the caller has open.
    init(of databases: [String]) {
        let paths = databases.flatMap { [$0, $0 + "-wal", $0 + "-shm"] }
        opened = paths.compactMap { path in Identity(path).map { (path, $0) } }
    }

    /// - Throws: `AppendFailure.fileReplaced` when a file is missing or was replaced.
    func require() throws {
        for (path, identity) in opened where Identity(path) != identity { throw AppendFailure.fileReplaced }
    }
}
