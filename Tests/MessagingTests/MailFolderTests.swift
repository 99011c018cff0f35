import Foundation
import Testing

@testable import Messaging

@Suite struct `A maildir in which somebody else writes` {
    private let directory = FileManager.default.temporaryDirectory.appending(path: "folder-\(UUID().uuidString)")

    /// Runs `body` with a folder that contains a link to a secret, a pipe, a folder and one mail.
    private func filled(_ body: (String) throws -> Void) throws {
        defer { try? FileManager.default.removeItem(at: directory) }
        try Maildir(at: directory.appending(path: "in").path).create()
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
            let maildir = Maildir(at: path)
            let waiting = try maildir.waiting()
            #expect(waiting.map(\.name) == ["1.link", "2.pipe", "3.folder", "4.mail"])
            #expect(try waiting.map { try maildir.bytes(of: $0, atMost: 1000)?.count } == [nil, nil, nil, 23])
            #expect(try waiting.map { try maildir.start(of: $0, atMost: 1000)?.count } == [nil, nil, nil, 23])
            for mail in waiting.dropLast() { try maildir.setAside(mail) }
            #expect(try maildir.waiting().map(\.name) == ["4.mail"] && maildir.asideCount == 3)
            try maildir.pruneAside(before: Date(timeIntervalSinceNow: 60))
            #expect(maildir.asideCount == 1)
        }
    }

    @Test func `sets aside in cur what it cannot read, marked as read`() throws {
        try filled { path in
            let maildir = Maildir(at: path, settingAsideIn: .cur)
            let waiting = try maildir.waiting()
            #expect(try waiting.map { try maildir.start(of: $0, atMost: 5)?.count } == [nil, nil, nil, 5])
            for mail in waiting.dropLast() { try maildir.setAside(mail) }
            let put = try FileManager.default.contentsOfDirectory(atPath: "\(path)/cur").sorted()
            #expect(put == ["1.link:2,S", "2.pipe:2,S", "3.folder:2,S"])
            #expect(try maildir.pruneAside(before: Date(timeIntervalSinceNow: 60)) == 2)
        }
    }

    @Test func `is none when its folder is a link to another`() throws {
        try filled { path in
            try FileManager.default.moveItem(atPath: "\(path)/new", toPath: "\(path)/elsewhere")
            try FileManager.default.createSymbolicLink(
                atPath: "\(path)/new", withDestinationPath: "\(path)/elsewhere")
            #expect(throws: MissingMaildir.self) { try Maildir(at: path).requireExisting() }
            #expect(throws: MailFolderUnusable.self) { try Maildir(at: path).waiting() }
        }
    }

    @Test func `keeps what it puts aside in a separate folder, not where a link leads`() throws {
        try filled { path in
            let maildir = Maildir(at: path)
            try FileManager.default.createSymbolicLink(
                atPath: "\(path)/aside", withDestinationPath: directory.path)
            let mail = try #require(try maildir.waiting().last)
            #expect(throws: MailFolderUnusable.self) { try maildir.setAside(mail) }
            try Data().write(to: URL(fileURLWithPath: "\(path)/new/5.mail"))
            #expect(throws: (any Error).self) {
                try FileManager.default.removeItem(atPath: "\(path)/cur")
                try FileManager.default.createSymbolicLink(atPath: "\(path)/cur", withDestinationPath: directory.path)
                try Maildir(at: path, settingAsideIn: .cur).pruneAside(before: .distantFuture)
            }
        }
    }
}
