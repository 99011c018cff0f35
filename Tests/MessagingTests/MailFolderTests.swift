import Foundation
import Testing

@testable import Messaging

@Suite struct `A maildir in which somebody else writes` {
    private let directory = FileManager.default.temporaryDirectory.appending(path: "folder-\(UUID().uuidString)")

    /// Runs `body` with a folder that contains a link to a secret, a pipe, a folder and one mail.
    private func filled(_ body: (String) throws -> Void) throws {
        defer { try? FileManager.default.removeItem(at: directory) }
        _ = try Maildir(at: directory.appending(path: "in").path)
        let path = directory.appending(path: "in").path
        try Data("the key".utf8).write(to: directory.appending(path: "secret"))
        try FileManager.default.createSymbolicLink(
            atPath: "\(path)/new/1.link", withDestinationPath: directory.appending(path: "secret").path)
        #expect(mkfifo("\(path)/new/2.pipe", 0o600) == 0)
        try FileManager.default.createDirectory(atPath: "\(path)/new/3.folder", withIntermediateDirectories: false)
        try Data("From: a@example.se\n\nHej".utf8).write(to: URL(fileURLWithPath: "\(path)/new/4.mail"))
        try body(path)
        #expect(FileManager.default.fileExists(atPath: directory.appending(path: "secret").path))
    }

    @Test func `gives its mails, and neither what a link names nor a pipe that nobody fills`() throws {
        try filled { path in
            let maildir = try IncomingMaildir(at: path)
            let waiting = try maildir.waiting()
            #expect(waiting.map(\.name) == ["1.link", "2.pipe", "3.folder", "4.mail"])
            #expect(try waiting.map { try maildir.bytes(of: $0)?.count } == [nil, nil, nil, 23])
            #expect(try waiting.map { try maildir.start(of: $0)?.count } == [nil, nil, nil, 23])
            for mail in waiting.dropLast() { try maildir.setAside(mail) }
            #expect(try maildir.waiting().map(\.name) == ["4.mail"] && maildir.asideCount == 3)
            try maildir.pruneAside(before: Date(timeIntervalSinceNow: 60))
            #expect(maildir.asideCount == 1)
        }
    }

    @Test func `of reports gives its reports, and puts the rest aside`() throws {
        try filled { path in
            let reader = MaildirReader(at: path)
            #expect(try reader.unread(limit: 100, size: 1000).map(\.bytes.count) == [23])
            #expect(try reader.unread(limit: 100, size: 5).map(\.bytes.count) == [5])
            let put = try FileManager.default.contentsOfDirectory(atPath: "\(path)/cur").sorted()
            #expect(put == ["1.link:2,S", "2.pipe:2,S", "3.folder:2,S"])
            #expect(try reader.prune(before: Date(timeIntervalSinceNow: 60)) == 2)
        }
    }

    @Test func `is none when its folder is a link to another`() throws {
        try filled { path in
            try FileManager.default.moveItem(atPath: "\(path)/new", toPath: "\(path)/elsewhere")
            try FileManager.default.createSymbolicLink(
                atPath: "\(path)/new", withDestinationPath: "\(path)/elsewhere")
            #expect(throws: MissingMaildir.self) { try IncomingMaildir(at: path) }
            #expect(throws: MailFolderUnusable.self) { try MaildirReader(at: path).unread(limit: 10, size: 10) }
        }
    }

    @Test func `keeps what it puts aside in a separate folder, not where a link leads`() throws {
        try filled { path in
            let maildir = try IncomingMaildir(at: path)
            try FileManager.default.createSymbolicLink(
                atPath: "\(path)/aside", withDestinationPath: directory.path)
            let mail = try #require(try maildir.waiting().last)
            #expect(throws: MailFolderUnusable.self) { try maildir.setAside(mail) }
            try Data().write(to: URL(fileURLWithPath: "\(path)/new/5.mail"))
            #expect(throws: (any Error).self) {
                try FileManager.default.removeItem(atPath: "\(path)/cur")
                try FileManager.default.createSymbolicLink(atPath: "\(path)/cur", withDestinationPath: directory.path)
                _ = try MaildirReader(at: path).prune(before: .distantFuture)
            }
        }
    }
}
