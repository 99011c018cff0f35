import Foundation
import Synchronization

/// Delivers mails into a maildir (Bernstein), one file each: for a site on a private machine, and for relays that fetch from a folder.
package final class Maildir: Sendable {
    private let directory: String
    private let delivered = Atomic(0)

    /// Creates missing folders, accessible only to their owner.
    package init(at path: String) throws {
        directory = path
        for folder in ["tmp", "new", "cur"] {
            try FileManager.default.createDirectory(
                atPath: "\(path)/\(folder)", withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        }
    }

    package var mailer: Mailer { Mailer { try self.deliver($0.message()) } }

    /// Durable when it returns; the file is complete before it appears in `new`.
    func deliver(_ message: [UInt8]) throws(MailFailure) {
        let number = delivered.add(1, ordering: .relaxed).newValue
        let name =
            "\(Int(Date().timeIntervalSince1970)).P\(getpid())Q\(number)R\(UInt32.random(in: 0...UInt32.max)).mikroforetag"
        let unfinished = "\(directory)/tmp/\(name)"
        try write(message, to: unfinished)
        guard rename(unfinished, "\(directory)/new/\(name)") == 0 else { throw failure(removing: unfinished) }
        try synchronise(folder: "\(directory)/new")
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
