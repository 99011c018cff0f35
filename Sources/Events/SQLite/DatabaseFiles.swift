package import Foundation

/// A database on disk: the main file, and the companions that SQLite keeps next to it, created and removed together.
///
/// SQLite replays any `-wal` or `-journal` next to a main file, even one that belonged to an earlier file of that name.
package struct DatabaseFiles: Hashable, Sendable {
    /// The state according to header and companions, determined before SQLite reads anything.
    package enum State: Hashable, Sendable {
        case missing
        /// Closed cleanly: everything is in the main file.
        case closed
        /// Open now, or left by a process that was killed: SQLite recovers it.
        case interrupted
        /// The main file needs a WAL that is gone.
        case damaged
        case noDatabase
    }

    package let path: String

    private static let companions = ["-wal", "-shm", "-journal"]

    package init(_ path: String) { self.path = path }

    package var hasCompanions: Bool {
        DatabaseFiles.companions.contains { FileManager.default.fileExists(atPath: path + $0) }
    }

    /// The state of a file whose owner leaves WAL mode when it closes it (`PRAGMA journal_mode=DELETE`).
    package var state: State {
        guard let file = FileHandle(forReadingAtPath: path) else { return .missing }
        defer { try? file.close() }
        // Bytes 16 to 19: page size, write and read version; 2 is WAL mode (https://sqlite.org/fileformat.html#the_database_header).
        guard let header = try? file.read(upToCount: 20), header.count == 20,
            header.starts(with: Array("SQLite format 3\0".utf8))
        else { return .noDatabase }
        let usesWAL = header[18] == 2
        if usesWAL { return FileManager.default.fileExists(atPath: path + "-wal") ? .interrupted : .damaged }
        return FileManager.default.fileExists(atPath: path + "-journal") ? .interrupted : .closed
    }

    /// Creates an empty main file with mode 0600 if there is none. SQLite gives its companions the same mode.
    ///
    /// Companions of an empty main file are left over from another one: a database in use has a header before it has a WAL.
    package func makePrivate() throws {
        var status = stat()
        if stat(path, &status) != 0 || status.st_size == 0 { try deleteCompanions() }
        try DurableFile.makePrivate(path)
    }

    /// Removes the companions, then the main file. A crash in between leaves a main file that counts as damaged, or as closed.
    package func delete() throws {
        try deleteCompanions()
        try DatabaseFiles.remove(path)
    }

    /// Removes the companions of a main file that is complete by itself.
    package func deleteCompanions() throws {
        for suffix in DatabaseFiles.companions { try DatabaseFiles.remove(path + suffix) }
    }

    /// Renames a complete, closed database to this path, replacing an existing file.
    package func replace(with closed: DatabaseFiles) throws {
        try deleteCompanions()
        guard rename(closed.path, path) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
    }

    /// Removes companions whose main file is gone.
    /// - Parameter isOurs: whether a main file of this name is one that can be rebuilt.
    package static func deleteOrphans(in directory: URL, where isOurs: (String) -> Bool) throws {
        let names = Set(try FileManager.default.contentsOfDirectory(atPath: directory.path))
        for name in names {
            guard let suffix = companions.first(where: name.hasSuffix) else { continue }
            let main = String(name.dropLast(suffix.count))
            if isOurs(main), !names.contains(main) { try remove(directory.appending(path: name).path) }
        }
    }

    private static func remove(_ path: String) throws {
        guard unlink(path) == 0 || errno == ENOENT else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
    }
}
