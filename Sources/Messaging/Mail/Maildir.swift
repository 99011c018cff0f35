import Foundation
import Synchronization

/// A maildir (Bernstein): a directory of mails, one file each, that the site delivers into or that another program delivers into.
package struct Maildir: Sendable {
    /// Where mails go that a person should look at, so that they do not block others.
    package enum AsideFolder: String, Sendable {
        /// A separate folder; the mails keep their file names.
        case aside
        /// The folder for read mails, with the flag for read mails in the file names.
        case cur
    }

    let path: String
    let asideFolder: AsideFolder

    /// Part of the file names, which are unique in the process.
    private static let delivered = Atomic(0)

    /// Reads and writes no file.
    package init(at path: String, settingAsideIn asideFolder: AsideFolder = .aside) {
        self.path = path
        self.asideFolder = asideFolder
    }

    /// Creates missing folders, accessible only to their owner.
    package func create() throws {
        for folder in ["tmp", "new", "cur"] {
            try FileManager.default.createDirectory(
                atPath: "\(path)/\(folder)", withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        }
    }

    package var mailer: Mailer { Mailer { try deliver($0.message()) } }

    /// Durable when it returns; the file is complete before it appears in `new`.
    func deliver(_ message: [UInt8]) throws(MailFailure) {
        let number = Maildir.delivered.add(1, ordering: .relaxed).newValue
        let name =
            "\(Int(Date().timeIntervalSince1970)).P\(getpid())Q\(number)R\(UInt32.random(in: 0...UInt32.max)).mikroforetag"
        let unfinished = "\(path)/tmp/\(name)"
        try write(message, to: unfinished)
        guard rename(unfinished, "\(path)/new/\(name)") == 0 else { throw failure(removing: unfinished) }
        try synchronise(folder: "\(path)/new")
    }

    private func write(_ bytes: [UInt8], to path: String) throws(MailFailure) {
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw .notWritten(errno: errno) }
        defer { close(file) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(file, $0.baseAddress, $0.count) }
            guard count > 0 || (count < 0 && errno == EINTR) else { throw failure(removing: path) }
            rest = rest.dropFirst(max(0, count))
        }
        guard fsync(file) == 0 else { throw failure(removing: path) }
    }

    private func synchronise(folder: String) throws(MailFailure) {
        let folder = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw .notWritten(errno: errno) }
        defer { close(folder) }
        guard fsync(folder) == 0 else { throw .notWritten(errno: errno) }
    }

    private func failure(removing path: String) -> MailFailure {
        let reason = errno
        unlink(path)
        return .notWritten(errno: reason)
    }
}
