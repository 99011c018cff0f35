package import Foundation

/// A maildir that somebody delivers into, read by the site: each mail is taken out once it is safe elsewhere.
package struct IncomingMaildir: Sendable {
    /// What could not be read lies here for a person, and is in nobody's way.
    package static let aside = "aside"

    private let directory: String

    /// - Throws: `MissingMaildir` when there is no such folder: a wrong path would otherwise look like silence.
    package init(at path: String) throws(MissingMaildir) {
        directory = path
        do { _ = try new() } catch { throw MissingMaildir(path: path) }
    }

    package struct Waiting: Sendable {
        package let name: String
    }

    /// The mails that nobody has taken, the oldest first, as their names tell.
    package func waiting(limit: Int = 100) throws -> [Waiting] {
        try new().names().prefix(limit).map { Waiting(name: $0) }
    }

    /// No mail of more bytes is kept in a case.
    package static let largestKept = 50 << 20
    /// Where header fields are looked for in a mail that is larger.
    private static let largestStart = 65_536

    /// Nil when it is larger than any mail that is kept, or no file at all.
    package func bytes(of mail: Waiting) throws -> [UInt8]? {
        guard case .bytes(let bytes) = try new().content(of: mail.name, atMost: IncomingMaildir.largestKept) else {
            return nil
        }
        return bytes
    }

    /// What stands first in a mail of any size; nil when it is no file.
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

    /// How many lie aside.
    package var asideCount: Int {
        (try? MailFolder(at: directory).folder(IncomingMaildir.aside).names().count) ?? 0
    }

    /// Deletes what has lain aside since before a moment.
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
