package import Foundation

/// Reading a maildir that another program delivers into; each mail is removed or set aside once it is handled.
extension Maildir {
    /// A mail in `new`.
    package struct Waiting: Sendable {
        package let name: String
    }

    /// - Throws: `MissingMaildir` if the folder does not exist: with a wrong path it would otherwise look as if no mail came.
    package func requireExisting() throws(MissingMaildir) {
        do { _ = try new() } catch { throw MissingMaildir(path: path) }
    }

    /// The mails not yet handled, oldest first by file name.
    package func waiting(limit: Int = 100) throws -> [Waiting] {
        try new().names().prefix(limit).map { Waiting(name: $0) }
    }

    /// Nil if the mail is larger than `limit` bytes, or not a regular file.
    package func bytes(of mail: Waiting, atMost limit: Int) throws -> [UInt8]? {
        guard case .bytes(let bytes) = try new().content(of: mail.name, atMost: limit) else { return nil }
        return bytes
    }

    /// The first `limit` bytes of a mail of any size; nil if it is not a regular file.
    package func start(of mail: Waiting, atMost limit: Int) throws -> [UInt8]? {
        let content = try new().content(of: mail.name, atMost: limit, readsStart: true)
        guard case .bytes(let bytes) = content else { return nil }
        return bytes
    }

    package func remove(_ mail: Waiting) throws { try new().remove(mail.name) }

    package func setAside(_ mail: Waiting) throws {
        let aside = try MailFolder(at: path).folder(asideFolder.rawValue, makes: true)
        try new().move(mail.name, to: aside, as: asideFolder.fileName(of: mail))
    }

    /// Number of mails set aside.
    package var asideCount: Int {
        (try? MailFolder(at: path).folder(asideFolder.rawValue).names().count) ?? 0
    }

    /// Deletes mails set aside before a time.
    /// - Returns: the number of mails deleted.
    @discardableResult
    package func pruneAside(before time: Date) throws -> Int {
        do {
            return try MailFolder(at: path).folder(asideFolder.rawValue).prune(before: time)
        } catch  where error.errno == ENOENT {
            return 0
        }
    }

    private func new() throws(MailFolderUnusable) -> MailFolder { try MailFolder(at: path).folder("new") }
}

extension Maildir.AsideFolder {
    fileprivate func fileName(of mail: Maildir.Waiting) -> String {
        switch self {
        case .aside: mail.name
        case .cur: mail.name.contains(":2,") ? mail.name : mail.name + ":2,S"
        }
    }
}

/// There is no maildir at the path.
package struct MissingMaildir: Error, Hashable {
    package let path: String
}
