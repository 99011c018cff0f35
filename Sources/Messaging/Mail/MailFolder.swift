import Foundation

/// A directory that other programs may write to: symbolic links in it are not followed, and only regular files are read.
struct MailFolder: ~Copyable {
    enum Content: Equatable {
        case bytes([UInt8])
        case tooLarge
        /// Not a regular file: a link, pipe, directory or device.
        case noFile
    }

    private let descriptor: Int32

    /// Opens the maildir at the configured path, which may be a symbolic link.
    init(at path: String) throws(MailFolderUnusable) {
        try self.init(open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC))
    }

    private init(_ descriptor: Int32) throws(MailFolderUnusable) {
        guard descriptor >= 0 else { throw MailFolderUnusable(errno: errno) }
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// - Parameter makes: whether a missing folder is created.
    func folder(_ name: String, makes: Bool = false) throws(MailFolderUnusable) -> MailFolder {
        if makes, mkdirat(descriptor, name, 0o700) != 0, errno != EEXIST { throw MailFolderUnusable(errno: errno) }
        return try MailFolder(openat(descriptor, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC))
    }

    /// The entries sorted by name, without hidden files and names that are not valid UTF-8.
    func names() throws(MailFolderUnusable) -> [String] {
        // A separate descriptor, because the read position of the listing belongs to it.
        let copy = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0 else { throw MailFolderUnusable(errno: errno) }
        guard let listing = fdopendir(copy) else {
            close(copy)
            throw MailFolderUnusable(errno: errno)
        }
        defer { closedir(listing) }
        var names: [String] = []
        while let entry = readdir(listing) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(validatingCString: $0) }
            }
            if let name, !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted()
    }

    /// - Parameters:
    ///   - limit: the maximum number of bytes read, even if the file grows.
    ///   - readsStart: return the start of a larger file instead of `tooLarge`.
    func content(of name: String, atMost limit: Int, readsStart: Bool = false) throws(MailFolderUnusable) -> Content {
        // Non-blocking: opening a pipe that has no writer would wait for ever.
        let file = openat(descriptor, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard file >= 0 else {
            if errno == ELOOP || errno == ENXIO { return .noFile }
            throw MailFolderUnusable(errno: errno)
        }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else { throw MailFolderUnusable(errno: errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { return .noFile }
        guard readsStart || status.st_size <= limit else { return .tooLarge }
        // The buffer fits the current size; a file that grows during the read is retried later.
        let expected = min(limit, Int(status.st_size) + 4096)
        var bytes = [UInt8](repeating: 0, count: expected + 1)
        var count = 0
        while count < bytes.count {
            let more = bytes.withUnsafeMutableBytes {
                Foundation.read(file, $0.baseAddress?.advanced(by: count), $0.count - count)
            }
            if more < 0, errno == EINTR { continue }
            guard more >= 0 else { throw MailFolderUnusable(errno: errno) }
            if more == 0 { break }
            count += more
        }
        guard count <= expected || expected == limit else { throw MailFolderUnusable(errno: EAGAIN) }
        return count > limit && !readsStart ? .tooLarge : .bytes(Array(bytes.prefix(min(count, limit))))
    }

    func remove(_ name: String) throws(MailFolderUnusable) {
        guard unlinkat(descriptor, name, 0) == 0 else { throw MailFolderUnusable(errno: errno) }
    }

    func move(_ name: String, to folder: borrowing MailFolder, as newName: String) throws(MailFolderUnusable) {
        guard renameat(descriptor, name, folder.descriptor, newName) == 0 else {
            throw MailFolderUnusable(errno: errno)
        }
    }

    /// Deletes files last modified before a time. Folders stay.
    /// - Returns: the number of files deleted.
    func prune(before time: Date) throws(MailFolderUnusable) -> Int {
        var count = 0
        for name in try names() {
            var status = stat()
            guard fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0,
                Double(status.st_mtim.tv_sec) < time.timeIntervalSince1970, status.st_mode & S_IFMT != S_IFDIR
            else { continue }
            try remove(name)
            count += 1
        }
        return count
    }
}

/// A mail folder or a file in it cannot be used.
package struct MailFolderUnusable: Error, Hashable {
    let errno: Int32
}
