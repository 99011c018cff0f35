import Foundation

/// The lock of a data directory: one writing process at a time.
///
/// It is on the directory itself, so that no file can be removed to get around it.
package final class DirectoryLock: Sendable {
    private let descriptor: Int32

    /// - Throws: `LogUnusable.inUse` when another process has it.
    package init(_ files: LogFiles) throws {
        let path = files.data.path
        descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw LogUnusable(errno: errno, opening: path) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw LogUnusable.inUse(path)
        }
    }

    deinit { close(descriptor) }
}

/// The files that a writer has open, as they stand in their directory.
///
/// SQLite writes on into a file that was removed or replaced, and everything acknowledged since is lost when the process ends.
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

    /// - Parameter databases: open at this moment, by the caller.
    init(of databases: [String]) {
        let paths = databases.flatMap { [$0, $0 + "-wal", $0 + "-shm"] }
        opened = paths.compactMap { path in Identity(path).map { (path, $0) } }
    }

    /// - Throws: `AppendFailure.fileReplaced` when one of them is no longer there, or another.
    func require() throws {
        for (path, identity) in opened where Identity(path) != identity { throw AppendFailure.fileReplaced }
    }
}
