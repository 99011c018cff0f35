import Foundation

/// Small files that must survive a power cut: written under a temporary name, synced, renamed into place, the directory synced.
package enum DurableFile {
    static func write(_ bytes: [UInt8], to path: String) throws {
        let aside = path + ".new"
        try writeSynced(bytes, to: aside, flags: O_WRONLY | O_CREAT | O_TRUNC)
        guard rename(aside, path) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        try syncDirectory(of: path)
    }

    static func append(_ bytes: [UInt8], to path: String) throws {
        try writeSynced(bytes, to: path, flags: O_WRONLY | O_CREAT | O_APPEND)
        try syncDirectory(of: path)
    }

    /// Copies a file of any size; `path` never names a partial copy.
    static func copy(_ source: URL, to path: String) throws {
        let aside = path + ".new"
        if FileManager.default.fileExists(atPath: aside) { try FileManager.default.removeItem(atPath: aside) }
        try FileManager.default.copyItem(atPath: source.path, toPath: aside)
        guard chmod(aside, 0o600) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        try sync(aside)
        guard rename(aside, path) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        try syncDirectory(of: path)
    }

    /// Removes a file, if it exists, and syncs the directory, so that the removal survives a power cut.
    static func remove(_ path: String) throws {
        guard unlink(path) == 0 || errno == ENOENT else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        try syncDirectory(of: path)
    }

    /// Overwrites a small file before removing it, so that its old blocks hold nothing on media that write in place.
    ///
    /// Renamed first: a crash in between leaves no file under the original name, and repeating the call completes it.
    static func destroy(_ path: String) throws {
        let aside = path + ".destroyed"
        if FileManager.default.fileExists(atPath: path) {
            guard rename(path, aside) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
            try syncDirectory(of: path)
        }
        guard FileManager.default.fileExists(atPath: aside) else { return }
        let size = (try FileManager.default.attributesOfItem(atPath: aside)[.size] as? Int) ?? 0
        try writeSynced([UInt8](repeating: 0, count: size), to: aside, flags: O_WRONLY)
        guard unlink(aside) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        try syncDirectory(of: path)
    }

    /// Makes a file that was written elsewhere durable, contents and name.
    static func sync(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        try syncDirectory(of: path)
    }

    /// Creates an empty file with mode 0600 if there is none.
    package static func makePrivate(_ path: String) throws {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        close(descriptor)
    }

    private static func writeSynced(_ bytes: [UInt8], to path: String, flags: Int32) throws {
        let descriptor = open(path, flags | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        defer { close(descriptor) }
        guard bytes.withUnsafeBytes({ Foundation.write(descriptor, $0.baseAddress, $0.count) }) == bytes.count,
            fsync(descriptor) == 0
        else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
    }

    package static func syncDirectory(of path: String) throws {
        let descriptor = open(URL(fileURLWithPath: path).deletingLastPathComponent().path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        fsync(descriptor)
        close(descriptor)
    }
}
