package import Foundation

/// A maildir into which somebody else delivers. What is read is taken out of it.
package struct MaildirReader: Sendable {
    package struct Message: Sendable {
        package let bytes: [UInt8]
        fileprivate let name: String
    }

    private let directory: String

    package init(at path: String) { directory = path }

    /// The messages that have not been looked at, some at a time. What is no file is put aside.
    /// - Parameter size: how much of each is read.
    package func unread(limit: Int, size: Int) throws -> [Message] {
        let new = try MailFolder(at: directory).folder("new")
        return try new.names().prefix(limit).compactMap { name in
            switch try new.content(of: name, atMost: size, readsStart: true) {
            case .bytes(let bytes): return Message(bytes: bytes, name: name)
            case .tooLarge, .noFile:
                try putAside(name)
                return nil
            }
        }
    }

    package func remove(_ message: Message) throws {
        try MailFolder(at: directory).folder("new").remove(message.name)
    }

    /// Leaves a message for a person to look at.
    package func putAside(_ message: Message) throws { try putAside(message.name) }

    private func putAside(_ name: String) throws {
        let maildir = try MailFolder(at: directory)
        let seen = name.contains(":2,") ? name : name + ":2,S"
        try maildir.folder("new").move(name, to: maildir.folder("cur", makes: true), as: seen)
    }

    /// Deletes what was put aside before a moment.
    /// - Returns: how many.
    package func prune(before limit: Date) throws -> Int {
        try MailFolder(at: directory).folder("cur", makes: true).prune(before: limit)
    }
}
