import Foundation
import Messaging
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Server
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite(.clause("P-18.1")) struct `The process that reads a mail` {
    private static let mail = Array("From: a@example.se\nSubject: Hej\n\nHej".utf8)

    /// Runs a script in the reader's place that writes what it observes to a file.
    private func pretending(_ script: String, _ body: (String, URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "reader-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (program, seen) = (folder.appending(path: "program"), folder.appending(path: "seen"))
        let text = folder.appending(path: "text")
        try Data("#!/bin/sh\nexec 3>\(seen.path)\n\(script)\n".utf8).write(to: text)
        // Copied by another process: a file that a test running alongside inherits open for writing cannot be executed (ETXTBSY).
        let copying = try Process.run(URL(filePath: "/bin/cp"), arguments: [text.path, program.path])
        copying.waitUntilExit()
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: program.path)
        try body(program.path, seen)
    }

    @Test func `reads what the same code reads here`() throws {
        let folder = project.appending(path: "Fixtures/mail")
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() {
            let mail = try Array(Data(contentsOf: folder.appending(path: name)))
            #expect(try MailReaderProcess.read(mail, program: Program.path.path) == MailReading(parsing: mail))
        }
    }

    @Test func `may start nothing, open nothing and grow to no size`() async throws {
        let process = Process()
        let input = Pipe()
        process.executableURL = Program.path
        process.arguments = [MailReaderProcess.command]
        process.standardInput = input
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        defer { process.terminate() }
        let folder = "/proc/\(process.processIdentifier)"
        // The reader waits for the rest of the mail.
        var status = ""
        while !status.contains("Seccomp:\t2") {
            try #require(process.isRunning)
            await Task.yield()
            status = try String(contentsOfFile: "\(folder)/status", encoding: .utf8)
        }
        #expect(status.contains("NoNewPrivs:\t1") && status.contains("Threads:\t1\n"))
        let limits = try String(contentsOfFile: "\(folder)/limits", encoding: .utf8)
        let words = limits.split(separator: " ").joined(separator: " ")
        for limit in [
            "cpu time 15 15", "address space 1073741824 1073741824", "core file size 0 0", "processes 0 0",
            "open files 16 16",
            "file size 0 0",
        ] {
            #expect(words.contains("Max \(limit)"))
        }
    }

    @Test func `is given no environment, no descriptor and no signal that is ignored`() throws {
        // A descriptor that a child process would inherit.
        let open = dup(STDERR_FILENO)
        defer { close(open) }
        #expect(fcntl(open, F_GETFD) & FD_CLOEXEC == 0)
        try pretending("env >&3; cat /proc/self/status >&3; ls /proc/self/fd >&3; cat >&3") { program, seen in
            #expect(throws: MailReaderFailed.self) { try MailReaderProcess.read(Self.mail, program: program) }
            let words = try String(contentsOf: seen, encoding: .utf8)
            #expect(words.hasSuffix(String(decoding: Self.mail, as: UTF8.self)))
            #expect(!words.contains("HOME=") && !words.contains("MIKROFORETAG"))
            // The script's file, and the directory being listed.
            #expect(words.contains("\n0\n1\n2\n3\n4\nFrom:"))
            // glibc reserves two signals beyond those of POSIX.
            let ignored = try #require(words.firstMatch(of: /SigIgn:\t([0-9a-f]+)/).flatMap { UInt64($0.1, radix: 16) })
            #expect(ignored & 0x7FFF_FFFF == 0 && words.contains("SigBlk:\t0000000000000000"))
        }
    }

    @Test(arguments: [
        "kill -SEGV $$", "kill -KILL $$", "exit 1", "echo '{}'", "echo nonsense", "head -c 9000000 /dev/zero",
        "sleep 60",
    ])
    func `that fails takes nobody with it`(script: String) throws {
        try pretending(script) { program, _ in
            #expect(throws: MailReaderFailed.self) {
                try MailReaderProcess.read(Self.mail, program: program, within: .seconds(2))
            }
        }
    }

    @Test func `that cannot be started says nothing about the mail`() {
        #expect(throws: MailReaderProcess.CannotStart.self) {
            try MailReaderProcess.read(Self.mail, program: "/nonexistent")
        }
    }

    @Test func `takes a mail as large as may be`() throws {
        let line = Data(repeating: 0x41, count: 76) + Data("\r\n".utf8)
        var mail = Data(
            "From: a@example.se\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nHej\r\n--b\r\nContent-Type: image/jpeg\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                .utf8)
        while mail.count + line.count < IncomingMail.largest { mail += line }
        let read = try IncomingMail(MailReaderProcess.read(Array(mail), program: Program.path.path))
        #expect(read.text == "Hej" && read.leftOut == [.picture])
    }
}
