import CSQLite
import Foundation
import Testing
import Testkit

@testable import Events

@Suite struct `Verifying a log` {
    @Test func `an untouched log is sound, continues its checkpoint, and its signature is good`() async throws {
        let copy = try await LogCopy()
        let result = try copy.verify()
        #expect(result.findings == [])
        #expect(result.events == 60)
        #expect(result.head == copy.checkpoint.checkpoint)
        #expect(result.consistency == .consistent(size: 60))
        #expect(result.signature == .valid)
        #expect(result.lastTime == Instant.testStart.advanced(seconds: 900))
    }

    @Test func `without a key the signature is said to be unchecked, and without a checkpoint so is the history`()
        async throws
    {
        let copy = try await LogCopy()
        let result = try LogVerifier(path: copy.path, checkpoint: copy.checkpoint).run()
        #expect(result.signature == .notChecked)
        #expect(result.signature.rawValue == "not checked")
        #expect(try copy.verifyWithoutCheckpoint().consistency == .notChecked)
    }

    @Test func `verifying leaves nothing next to the copy and says how far it has come`() async throws {
        let copy = try await LogCopy()
        var phases: [VerificationProgress] = []
        _ = try LogVerifier(path: copy.path).run { phases.append($0) }
        #expect(phases.last == VerificationProgress(phase: .structure, done: 1, total: 1))
        #expect(phases.contains(VerificationProgress(phase: .events, done: 60, total: 60)))
        #expect(try FileManager.default.contentsOfDirectory(atPath: copy.directory.path) == ["log.sqlite"])
    }

    @Test func `a log that is being written is verified as it stands`() async throws {
        let site = try TemporarySite()
        try await site.withLog { log async throws in
            _ = try await log.append(Note.append(stream(1), (1...300).map { Note.clear($0) }))
            let kept = try await log.checkpoint()
            _ = try await log.append(Note.append(stream(1), [Note.clear(301)]))
            let result = try LogVerifier(path: site.files.log, checkpoint: kept, key: site.verifierKey).run()
            #expect(result.findings == [])
            #expect(result.events == 301)
            #expect(result.consistency == .consistent(size: 300))
        }
    }

    @Test func `a file that is not there is said to be missing`() {
        #expect(throws: LogUnusable.noLog("/nowhere/log.sqlite")) { try LogVerifier(path: "/nowhere/log.sqlite").run() }
    }

    @Test(arguments: EventRow.columns.split(separator: ", ").map(String.init))
    func `a flipped byte in any column names the event`(column: String) async throws {
        let copy = try await LogCopy()
        try copy.tamper { connection in
            let query = try connection.statement("SELECT \(column), typeof(\(column)) FROM events WHERE position = 30")
            let (bytes, number, kind) = try query.rows { ($0.bytes(0), $0.integer(0), $0.text(1)) }[0]
            var flipped = bytes
            if kind == "text" || kind == "blob" { flipped[bytes.count / 2] ^= 0x04 }
            let value =
                switch kind {
                case "integer": String(number ^ 0x40)
                case "text": "CAST(x'\(Hex.encode(flipped))' AS TEXT)"
                default: "x'\(Hex.encode(flipped))'"
                }
            try connection.run("UPDATE events SET \(column) = \(value) WHERE position = 30")
        }
        for result in [try copy.verify(), try copy.verifyWithoutCheckpoint()] {
            let place = column == "position" ? 30 ^ 0x40 : 30
            #expect(result.findings.contains { $0.position == place })
            if column != "position" {
                #expect(result.findings.contains { $0.position == place && $0.defect == .hashDiffers })
            }
        }
    }

    @Test func `where a full tile still agrees with the contents, the changed hash itself is named`() async throws {
        let copy = try await LogCopy(events: 300)
        try copy.tamper { try $0.run("UPDATE events SET hash = zeroblob(32) WHERE position = 200") }
        #expect(try copy.verify().findings == [Finding(.event(position: 200), .hashDiffers, column: "hash")])
    }

    @Test func `every changed row is named, not only the first`() async throws {
        let copy = try await LogCopy(events: 300)
        try copy.tamper { try $0.run("UPDATE events SET time = time + 1 WHERE position IN (20, 200, 290)") }
        let result = try copy.verify()
        #expect(result.findings.filter { $0.defect == .hashDiffers }.map(\.position) == [20, 200, 290])
        #expect(result.findings.contains(Finding(.tile(level: 0, number: 0), .changed, column: "hashes")))
        #expect(result.findings.contains(Finding(.checkpoint, .rootDiffers(size: 300))))
    }

    @Test(arguments: [
        ("UPDATE tiles SET hashes = zeroblob(8192)", Defect.changed), ("DELETE FROM tiles", .missing),
    ])
    func `a changed or missing tile is named`(sql: String, defect: Defect) async throws {
        let copy = try await LogCopy(events: 300)
        try copy.tamper { try $0.run(sql) }
        let findings = try copy.verify().findings
        #expect(findings.contains { $0.place == .tile(level: 0, number: 0) && $0.defect == defect })
    }

    @Test func `a tile that the tree has not come to is named`() async throws {
        let copy = try await LogCopy()
        try copy.tamper { try $0.run("INSERT INTO tiles VALUES (0, 0, zeroblob(8192))") }
        #expect(try copy.verify().findings == [Finding(.tile(level: 0, number: 0), .unexpected)])
    }

    @Test func `a removed row is named`() async throws {
        let copy = try await LogCopy()
        try copy.tamper { try $0.run("DELETE FROM events WHERE position = 30") }
        let result = try copy.verify()
        #expect(result.findings.contains(Finding(.event(position: 31), .gapBefore(from: 30), column: "position")))
        #expect(result.head == nil)
        #expect(result.consistency == .inconsistent)
    }

    @Test func `removed last rows show against the checkpoint`() async throws {
        let copy = try await LogCopy()
        try copy.tamper { try $0.run("DELETE FROM events WHERE position > 58") }
        #expect(try copy.verifyWithoutCheckpoint().isSound)
        #expect(try copy.verify().findings == [Finding(.checkpoint, .shorterThanCheckpoint(events: 58, size: 60))])
    }

    @Test func `a row slipped in before others is named, wherever it comes from`() async throws {
        let copy = try await LogCopy()
        try copy.tamper {
            try $0.run(
                """
                UPDATE events SET position = -position - 1 WHERE position >= 30;
                UPDATE events SET position = -position WHERE position < 0;
                INSERT INTO events SELECT 30, 'post:0000000000zzz', 1, type, schema, time, actor, causation, command,
                  subject, owner, key, sealed, clear, hash FROM events WHERE position = 29;
                """)
        }
        let result = try copy.verify()
        #expect(Set(result.findings.filter { $0.defect == .hashDiffers }.compactMap(\.position)) == Set(30...61))
        #expect(result.findings.contains(Finding(.checkpoint, .rootDiffers(size: 60))))
    }

    @Test func `two rows that changed places are named`() async throws {
        let copy = try await LogCopy()
        try copy.tamper {
            try $0.run(
                """
                UPDATE events SET position = 1000 WHERE position = 21; UPDATE events SET position = 21 WHERE position = 41;
                UPDATE events SET position = 41 WHERE position = 1000;
                """)
        }
        let result = try copy.verify()
        #expect(result.findings.filter { $0.defect == .hashDiffers }.map(\.position) == [21, 41])
        #expect(result.findings.contains { $0.defect == .earlierThanTheOneBefore })
    }

    @Test func `a history rewritten with all its hashes shows against the checkpoint only`() async throws {
        let copy = try await LogCopy()
        try copy.tamper { connection in
            try connection.run("UPDATE events SET actor = 'operator' WHERE position = 30")
            let leaf = try connection.statement("SELECT \(EventRow.columns) FROM events WHERE position = 30")
                .rows { EventRow($0).leaf }[0]
            try connection.run("UPDATE events SET hash = x'\(Hex.encode(leaf.hash))' WHERE position = 30")
        }
        #expect(try copy.verifyWithoutCheckpoint().isSound)
        #expect(try copy.verify().findings == [Finding(.checkpoint, .rootDiffers(size: 60))])
    }

    @Test(arguments: [
        "DROP TRIGGER events_no_update", "DROP INDEX events_command", "CREATE TABLE more(x)",
        "DROP TRIGGER events_gapless; CREATE TRIGGER events_gapless BEFORE INSERT ON events BEGIN SELECT 1; END",
    ])
    func `a missing, changed or added guard, index or table is named`(sql: String) async throws {
        let copy = try await LogCopy()
        try copy.tamper { try $0.run(sql) }
        let findings = try copy.verify().findings
        #expect(!findings.isEmpty)
        #expect(findings.allSatisfy { if case .schema = $0.place { true } else { false } })
    }

    @Test(arguments: ["PRAGMA application_id=1", "PRAGMA user_version=2"])
    func `a file that is marked as something else is not taken for a log`(sql: String) async throws {
        let copy = try await LogCopy()
        try copy.tamper { try $0.run(sql) }
        #expect(try copy.verify().findings.map(\.place) == [.file])
    }

    @Test(arguments: [
        "UPDATE log SET created = created + 1", "UPDATE log SET id = 'f' || substr(id, 2)", "DELETE FROM log",
    ])
    func `a changed identity is named even without a checkpoint`(sql: String) async throws {
        let copy = try await LogCopy()
        try copy.tamper { try $0.run(sql) }
        #expect(try copy.verifyWithoutCheckpoint().findings.map(\.place) == [.identity])
    }

    @Test(arguments: [0, 100, 4096, 20_000, 40_000])
    func `a truncated file is said to be damaged`(length: Int) async throws {
        let copy = try await LogCopy()
        try copy.write(Array(copy.original.prefix(length)))
        #expect(try !copy.verify().isSound)
    }

    @Test func `a checkpoint from the future, of another log, or signed by another key is refused`() async throws {
        let (copy, other) = (try await LogCopy(), try await LogCopy(events: 61))
        let later = Checkpoint(origin: copy.key.name, size: 61, root: other.checkpoint.checkpoint.root)
        let forged = SignedCheckpoint(checkpoint: later, note: "\(later.text)\n\u{2014} \(copy.key.name) AAAAAAAA\n")
        #expect(
            try copy.verify(against: forged).findings == [
                Finding(.checkpoint, .shorterThanCheckpoint(events: 60, size: 61)),
                Finding(.checkpoint, .notSignedByKey),
            ])
        let foreign = try copy.verify(against: other.checkpoint)
        #expect(foreign.findings.map(\.defect) == [.otherOrigin(other.key.name), .notSignedByKey])
        #expect(foreign.signature == .wrong)

        let wrong = VerifierKey(name: copy.key.name, publicKey: other.key.publicKey)
        let result = try LogVerifier(path: copy.path, checkpoint: copy.checkpoint, key: wrong).run()
        #expect(result.findings == [Finding(.checkpoint, .notSignedByKey)])
    }

    @Test func `a subject keeps its key and its owner`() async throws {
        let copy = try await LogCopy()
        try copy.tamper {
            try $0.run(
                "UPDATE events SET key = key + 1 WHERE position = 33; UPDATE events SET owner = NULL WHERE position = 36"
            )
        }
        let findings = try copy.verify().findings
        #expect(findings.contains(Finding(.event(position: 33), .unlikeItsFirst, column: "key")))
        #expect(findings.contains(Finding(.event(position: 36), .sealedInPart)))
    }

    @Test func `findings speak of no contents`() async throws {
        let copy = try await LogCopy()
        try copy.tamper {
            try $0.run("UPDATE events SET clear = '{\"name\":\"Anna\"', stream = 'Anna Ek' WHERE position = 30")
        }
        #expect(try !copy.verify().findings.contains { $0.description.contains("Anna") })
    }
}
