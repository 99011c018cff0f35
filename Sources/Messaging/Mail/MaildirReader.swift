package import Foundation

/// A maildir into which somebody else delivers. What is read is taken out of it.
package struct MaildirReader: Sendable {
    package struct Message: Sendable {
        package let bytes: [UInt8]
        fileprivate let path: String
        fileprivate let name: String
    }

    private let directory: String

    package init(at path: String) { directory = path }

    /// The messages that nobody has looked at, some at a time.
    /// - Parameter size: how much of each is read.
    package func unread(limit: Int, size: Int) throws -> [Message] {
        let folder = "\(directory)/new"
        return try FileManager.default.contentsOfDirectory(atPath: folder).filter { !$0.hasPrefix(".") }.sorted()
            .prefix(limit).compactMap { name in
                let path = "\(folder)/\(name)"
                guard let file = FileHandle(forReadingAtPath: path) else { return nil }
                defer { try? file.close() }
                return Message(bytes: Array(try file.read(upToCount: size) ?? Data()), path: path, name: name)
            }
    }

    package func remove(_ message: Message) throws { try FileManager.default.removeItem(atPath: message.path) }

    /// Leaves a message for a person to look at.
    package func putAside(_ message: Message) throws {
        let name = message.name.contains(":2,") ? message.name : message.name + ":2,S"
        try FileManager.default.createDirectory(atPath: "\(directory)/cur", withIntermediateDirectories: true)
        try FileManager.default.moveItem(atPath: message.path, toPath: "\(directory)/cur/\(name)")
    }

    /// Deletes what was put aside before a moment.
    /// - Returns: how many.
    package func prune(before limit: Date) throws -> Int {
        var count = 0
        for (path, time) in putAside() where time < limit {
            try FileManager.default.removeItem(atPath: path)
            count += 1
        }
        return count
    }

    private func putAside() -> [(path: String, time: Date)] {
        let folder = "\(directory)/cur"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.compactMap { name in
            let path = "\(folder)/\(name)"
            let attributes = try? FileManager.default.attributesOfItem(atPath: path)
            return (attributes?[.modificationDate] as? Date).map { (path, $0) }
        }
    }
}
