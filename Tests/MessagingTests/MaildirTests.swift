import Events
import Foundation
import Testing
import Testkit

@testable import Messaging

struct MaildirTests {
    @Test func `each mail is a separate file that only the owner reads`() async throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "maildir-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: directory) }
        let maildir = Maildir(at: directory.path)
        try maildir.create()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<50 { group.addTask { try maildir.deliver(Array("mail \(number)".utf8)) } }
            try await group.waitForAll()
        }
        let new = directory.appending(path: "new")
        let names = try FileManager.default.contentsOfDirectory(atPath: new.path)
        #expect(names.count == 50)
        let texts = try names.map { try String(contentsOf: new.appending(path: $0), encoding: .utf8) }
        #expect(Set(texts) == Set((0..<50).map { "mail \($0)" }))
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.appending(path: "tmp").path).isEmpty)
        for path in names.map({ new.appending(path: $0).path }) { #expect(try mode(path) == 0o600) }
        #expect(try mode(new.path) == 0o700)
    }

    @Test func `a mail that cannot be written leaves nothing behind`() throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "maildir-\(UUID().uuidString)")
        let maildir = Maildir(at: directory.path)
        try maildir.create()
        try FileManager.default.removeItem(at: directory)
        #expect(throws: MailFailure.notWritten(errno: ENOENT)) { try maildir.deliver([1]) }
    }

    private func mode(_ path: String) throws -> Int {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int ?? 0
    }
}
