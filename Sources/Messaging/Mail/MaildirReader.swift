package import Foundation

/// Reads a maildir that another program delivers into, and removes the messages from it.
package struct MaildirReader: Sendable {
    package struct Message: Sendable {
        package let bytes: [UInt8]
        fileprivate let name: String
    }

    private let directory: String

    package init(at path: String) { directory = path }

    /// Up to `limit` unread messages. Entries that are not regular files are put aside.
    /// - Parameter size: bytes read of each message.
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

    /// Moves a message to `cur`, for a person to look at.
    package func putAside(_ message: Message) throws { try putAside(message.name) }

    private func putAside(_ name: String) throws {
        let maildir = try MailFolder(at: directory)
        let seen = name.contains(":2,") ? name : name + ":2,S"
        try maildir.folder("new").move(name, to: maildir.folder("cur", makes: true), as: seen)
    }

    /// Deletes messages put aside before a time.
    /// - Returns: the number of messages deleted.
    package func prune(before limit: Date) throws -> Int {
        try MailFolder(at: directory).folder("cur", makes: true).prune(before: limit)
    }
}
