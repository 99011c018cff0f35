import CSQLite
import Foundation
import Testing
import Testkit

@testable import Events

@Suite(.serialized) struct `The documented format` {
    /// The exit status and the output of `script/verify-log`.
    private func independent(_ arguments: [String]) throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = project.appending(path: "script/verify-log")
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }

    private func agree(_ copy: LogCopy, checkpoint: SignedCheckpoint? = nil, _ name: String = "") throws {
        let file = copy.directory.appending(path: "kept")
        try Data((checkpoint ?? copy.checkpoint).note.utf8).write(to: file)
        let other = try independent([copy.path, "--checkpoint", file.path, "--key", copy.key.description])
        let ours = try copy.verify(against: checkpoint)
        #expect(other.status == (ours.isSound ? 0 : 1), "\(name): \(other.output) \(ours.findings)")
        if let head = ours.head {
            #expect(
                other.output.contains("events: \(head.size)\nroot: \(Data(head.root).base64EncodedString())\n"),
                "\(name)")
        }
    }

    @Test func `is enough to verify a log with another program`() async throws {
        let copy = try await LogCopy(events: 600)
        try agree(copy)
        let shorter = try await LogCopy(events: 60)
        let result = try independent([shorter.path])
        #expect(result.status == 0)
        #expect(result.output.contains("events: 60\n"))
        #expect(result.output.hasSuffix("signature: not checked\nsound\n"))
    }

    @Test func `lets another program find the same tampering`() async throws {
        for sql in [
            "UPDATE events SET clear = '{ }' WHERE position = 30",
            "UPDATE events SET hash = zeroblob(32) WHERE position = 30",
            "DELETE FROM events WHERE position = 30", "DELETE FROM events WHERE position > 290", "DELETE FROM tiles",
            "UPDATE tiles SET hashes = zeroblob(8192)", "DROP TRIGGER log_one", "UPDATE log SET created = created + 1",
            "UPDATE events SET version = 99 WHERE position = 299",
            "UPDATE events SET sealed = zeroblob(40) WHERE position = 33",
            "UPDATE events SET time = 0 WHERE position = 290", "PRAGMA user_version=2",
            "INSERT INTO claims VALUES ('email', zeroblob(32), 'member:0000000000007')",
        ] {
            let copy = try await LogCopy(events: 300)
            try copy.tamper { try $0.run(sql) }
            try agree(copy, sql)
        }
    }

    @Test func `lets another program judge checkpoints alike`() async throws {
        let (copy, other) = (try await LogCopy(), try await LogCopy(events: 61))
        try agree(copy, checkpoint: other.checkpoint, "another log")
        let future = Checkpoint(origin: copy.key.name, size: 61, root: other.checkpoint.checkpoint.root)
        try agree(
            copy, checkpoint: SignedCheckpoint(checkpoint: future, note: "\(future.text)\n\u{2014} x AAAAAAA=\n"),
            "future")
    }

    @Test func `is not mistaken for wrong usage`() throws {
        #expect(try independent([]).status == 2)
        #expect(try independent(["/nowhere/log.sqlite"]).status == 2)
        #expect(try independent(["/dev/null", "--key", "x"]).status == 2)
    }

    @Test func `has a worked example that is right, and names the schema that is made`() throws {
        let page = try String(contentsOf: project.appending(path: "docs/log-format.md"), encoding: .utf8)
        let member = "member:0000000000007"
        let leaf = Leaf(
            position: 1, stream: member, version: 1, type: "account.registered", schema: 1, time: 1_773_140_400_000,
            actor: member,
            causation: nil, command: "01kkbw2de0c40g2g40g2g40g2g", subject: "identity:0000000000007", owner: member,
            key: 1,
            sealed: Array(0..<42), clear: Array("{\"policy\":1}".utf8))
        #expect(page.contains("\n    \(String(decoding: leaf.input, as: UTF8.self))\n"))
        #expect(page.contains("(\(leaf.input.count) bytes"))
        #expect(page.contains("`\(Hex.encode(leaf.hash))`"))

        let site = try TemporarySite()
        let connection = try SQLiteConnection(site.files.log, .readOnly)
        let values = try connection.statement(
            "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema ORDER BY name"
        )
        .rows { row in (0..<4).flatMap { (column: Int) -> [UInt8] in row.bytes(Int32(column)) + [0] } }
        let digest = TextHash(of: String(decoding: values.joined(), as: UTF8.self))
        #expect(page.contains("\n    schema \(digest)\n"))
    }
}
