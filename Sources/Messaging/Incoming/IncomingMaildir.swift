package import Foundation

/// A maildir that another program delivers into; the site removes each mail once it is stored elsewhere.
package struct IncomingMaildir: Sendable {
    /// The folder for mails that could not be read, where a person can look at them and they do not block others.
    package static let aside = "aside"

    private let directory: String

    /// - Throws: `MissingMaildir` if the folder does not exist: with a wrong path it would otherwise look as if no mail came.
    package init(at path: String) throws(MissingMaildir) {
        directory = path
        do { _ = try new() } catch { throw MissingMaildir(path: path) }
    }

    package struct Waiting: Sendable {
        package let name: String
    }

    /// The mails not yet taken, oldest first by file name.
    package func waiting(limit: Int = 100) throws -> [Waiting] {
        try new().names().prefix(limit).map { Waiting(name: $0) }
    }

    /// Maximum size in bytes of a mail whose original is stored with its case.
    package static let largestKept = 50 << 20
    /// Bytes at the start of a larger mail that are searched for header fields.
    private static let largestStart = 65_536

    /// Nil if the mail is larger than `largestKept`, or not a regular file.
    package func bytes(of mail: Waiting) throws -> [UInt8]? {
        guard case .bytes(let bytes) = try new().content(of: mail.name, atMost: IncomingMaildir.largestKept) else {
            return nil
        }
        return bytes
    }

    /// The first bytes of a mail of any size; nil if it is not a regular file.
    package func start(of mail: Waiting) throws -> [UInt8]? {
        let content = try new().content(of: mail.name, atMost: IncomingMaildir.largestStart, readsStart: true)
        guard case .bytes(let bytes) = content else { return nil }
        return bytes
    }

    package func remove(_ mail: Waiting) throws { try new().remove(mail.name) }

    package func setAside(_ mail: Waiting) throws {
        let aside = try MailFolder(at: directory).folder(IncomingMaildir.aside, makes: true)
        try new().move(mail.name, to: aside, as: mail.name)
    }

    /// Number of mails set aside.
    package var asideCount: Int {
        (try? MailFolder(at: directory).folder(IncomingMaildir.aside).names().count) ?? 0
    }

    /// Deletes mails set aside before a time.
    package func pruneAside(before time: Date) throws {
        guard asideCount > 0 else { return }
        _ = try MailFolder(at: directory).folder(IncomingMaildir.aside).prune(before: time)
    }

    private func new() throws(MailFolderUnusable) -> MailFolder { try MailFolder(at: directory).folder("new") }
}

/// There is no maildir at the path.
package struct MissingMaildir: Error, Hashable {
    package let path: String
}
