package import Foundation

/// A maildir that somebody delivers into, read by the site: each mail is taken out once it is safe elsewhere.
package struct IncomingMaildir: Sendable {
    /// What could not be read lies here for a person, and is in nobody's way.
    package static let aside = "aside"

    private let directory: String

    /// - Throws: `MissingMaildir` when there is no such folder: a wrong path would otherwise look like silence.
    package init(at path: String) throws(MissingMaildir) {
        directory = path
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: "\(path)/new", isDirectory: &isFolder), isFolder.boolValue else {
            throw MissingMaildir(path: path)
        }
    }

    package struct Waiting: Sendable {
        package let name: String
        let path: String
    }

    /// The mails that nobody has taken, the oldest first, as their names tell.
    package func waiting(limit: Int = 100) throws -> [Waiting] {
        let folder = "\(directory)/new"
        return try FileManager.default.contentsOfDirectory(atPath: folder).filter { !$0.hasPrefix(".") }.sorted()
            .prefix(limit).map { Waiting(name: $0, path: "\(folder)/\($0)") }
    }

    /// Nil when it is larger than any mail that is read; then not a byte of it is.
    package func bytes(of mail: Waiting) throws -> [UInt8]? {
        let size = try FileManager.default.attributesOfItem(atPath: mail.path)[.size] as? Int ?? .max
        guard size <= IncomingMail.largest else { return nil }
        return Array(try Data(contentsOf: URL(fileURLWithPath: mail.path)))
    }

    package func remove(_ mail: Waiting) throws { try FileManager.default.removeItem(atPath: mail.path) }

    package func setAside(_ mail: Waiting) throws {
        let folder = "\(directory)/\(IncomingMaildir.aside)"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        guard rename(mail.path, "\(folder)/\(mail.name)") == 0 else { throw MailFailure.notWritten(errno: errno) }
    }

    /// How many lie aside.
    package var asideCount: Int {
        (try? FileManager.default.contentsOfDirectory(atPath: "\(directory)/\(IncomingMaildir.aside)").count) ?? 0
    }

    /// Deletes what has lain aside since before a moment.
    package func pruneAside(before time: Date) throws {
        let folder = "\(directory)/\(IncomingMaildir.aside)"
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
            let path = "\(folder)/\(name)"
            let since = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
            if let since, since < time { try FileManager.default.removeItem(atPath: path) }
        }
    }
}

/// There is no maildir at the path.
package struct MissingMaildir: Error, Hashable {
    package let path: String
}
