import CSQLite
import Foundation
import Testing
import Testkit

@testable import Events

@Suite struct `Sealing personal data` {
    let site: TemporarySite
    let anna = MemberID(rawValue: 7)
    init() throws { site = try TemporarySite() }

    func write(_ text: String, in log: EventLog, about post: PostID) async throws {
        _ = try await log.append(Note.append(StreamName(post), [Note.sealed(text, about: post, of: anna)]))
    }

    func rewrite(_ file: String, _ sql: String) throws {
        let connection = try SQLiteConnection(file, .readWrite)
        try connection.run(sql)
    }

    @Test func `what was sealed opens again after a restart`() async throws {
        let post = PostID.random()
        try await site.withLog { try await write("Hej från Ånge", in: $0, about: post) }
        try await site.withLog { log async throws in
            #expect(try log.events(in: StreamName(post)).map { try $0.text } == [.known("Hej från Ånge")])
        }
    }

    @Test func `no file but the process's memory holds the text in the clear (P-14.1)`() async throws {
        try await site.withLog { log async throws in
            try await write("omisskännlig-text-4711", in: log, about: .random())
            for name in try FileManager.default.subpathsOfDirectory(atPath: site.files.data.path) {
                let data = (try? Data(contentsOf: site.files.data.appending(path: name))) ?? Data()
                #expect(data.range(of: Data("omisskännlig".utf8)) == nil, "\(name)")
            }
        }
    }

    @Test func `everything about one subject is sealed under one key, and about two under two`() async throws {
        let (first, second) = (PostID.random(), PostID.random())
        try await site.withLog { log async throws in
            try await write("ett", in: log, about: first)
            try await write("två", in: log, about: first)
            try await write("tre", in: log, about: second)
        }
        let keys = try SQLiteConnection(site.files.log, .readOnly).statement("SELECT key FROM events ORDER BY position")
            .rows { $0.integer(0) }
        #expect(keys[0] == keys[1])
        #expect(keys[0] != keys[2])
    }

    @Test func `an erased subject reads as erased, at once and after a restart, and others are untouched (P-16.3)`()
        async throws
    {
        let (gone, kept) = (PostID.random(), PostID.random())
        try await site.withLog { log async throws in
            try await write("bort", in: log, about: gone)
            try await write("kvar", in: log, about: kept)
            _ = try await log.erase(
                ErasureRequest(fence: .random(), .subjects([Subject(.post, gone)])), command: CommandID(at: .testStart),
                by: .system, at: .testStart)
            #expect(try log.events(in: StreamName(gone)).map { try $0.text } == [.erased])
        }
        try await site.withLog { log async throws in
            #expect(try log.events(in: StreamName(gone)).map { try $0.text } == [.erased])
            #expect(try log.events(in: StreamName(kept)).map { try $0.text } == [.known("kvar")])
        }
    }

    @Test func `nothing more is sealed about what is fenced off`() async throws {
        let post = PostID.random()
        try await site.withLog { log async throws in
            _ = try await log.erase(
                ErasureRequest(fence: .random(), .owner(Owner(anna))), command: CommandID(at: .testStart), by: .system,
                at: .testStart)
            await #expect(throws: AppendFailure.fenced(Subject(.post, post))) {
                try await write("för sent", in: log, about: post)
            }
        }
        try await site.withLog { log async throws in
            await #expect(throws: AppendFailure.fenced(Subject(.post, post))) {
                try await write("för sent", in: log, about: post)
            }
        }
    }

    @Test func `an erasure of kinds leaves the owner's other subjects`() async throws {
        let post = PostID.random()
        try await site.withLog { log async throws in
            try await write("inlägg", in: log, about: post)
            let name = NewEvent(
                EventType("test.named", 1),
                sealed: SealedPart(
                    Subject(.identity, anna), of: Owner(anna), Personal.known(NoteText(recorded: "Anna"))))
            _ = try await log.append(Note.append(StreamName(anna), [name]))
            _ = try await log.erase(
                ErasureRequest(fence: .random(), .kinds([.post, .thread], of: Owner(anna))),
                command: CommandID(at: .testStart),
                by: .system, at: .testStart)
            #expect(try log.events(in: StreamName(post)).map { try $0.text } == [.erased])
            #expect(try log.events(in: StreamName(anna)).map { try $0.text } == [.known("Anna")])
        }
    }

    @Test func `a fence and an append race by their order in the queue: never a readable text behind the fence`()
        async throws
    {
        for _ in 1...20 {
            let post = PostID.random()
            try await site.withLog { log async throws in
                async let written: Void? = try? write("kapplöpning", in: log, about: post)
                async let erased = log.erase(
                    ErasureRequest(fence: .random(), .subjects([Subject(.post, post)])),
                    command: CommandID(at: .testStart),
                    by: .system, at: .testStart)
                _ = try await (written, erased)
                let texts = try log.events(in: StreamName(post)).map { try $0.text }
                #expect(texts.allSatisfy { $0 == .erased })
            }
        }
    }

    @Test func `a ledger line names the fence and the subjects, and nothing else`() async throws {
        let (post, fence) = (PostID.random(), FenceID.random())
        try await site.withLog { log async throws in
            try await write("bort", in: log, about: post)
            _ = try await log.erase(
                ErasureRequest(fence: fence, .subjects([Subject(.post, post)])), command: CommandID(at: .testStart),
                by: .system, at: .testStart)
            let ledger = site.files.keys.appending(path: "erasures.ledger")
            #expect(
                try String(contentsOf: ledger, encoding: .utf8) == "\(log.identity.id) \(fence) subjects post:\(post)\n"
            )
            #expect(try ErasureLedger(directory: site.files.keys).erasures(of: log.identity).map(\.fence) == [fence])
        }
    }

    @Test func `an erasure of which the vault has not heard is made good at the next start`() async throws {
        let post = PostID.random()
        try await site.withLog { try await write("bort", in: $0, about: post) }
        let vault = try Data(contentsOf: URL(fileURLWithPath: site.files.vault))
        try await site.withLog { log async throws in
            _ = try await log.erase(
                ErasureRequest(fence: .random(), .subjects([Subject(.post, post)])), command: CommandID(at: .testStart),
                by: .system, at: .testStart)
        }
        try vault.write(to: URL(fileURLWithPath: site.files.vault))
        try await site.withLog { log async throws in
            #expect(try log.events(in: StreamName(post)).map { try $0.text } == [.erased])
        }
    }

    @Test func `a changed ciphertext is tampered with, not erased`() async throws {
        let post = PostID.random()
        try await site.withLog { try await write("orört", in: $0, about: post) }
        try rewrite(
            site.files.log,
            """
            DROP TRIGGER events_no_update; UPDATE events SET sealed = CAST(substr(sealed, 1, 20)
              || CASE WHEN substr(sealed, 21, 1) = x'00' THEN x'01' ELSE x'00' END || substr(sealed, 22) AS BLOB)
            """
        )
        try await site.withLog { log async throws in
            #expect(throws: SealDamage.tampered(position: 1)) { try log.events(in: StreamName(post)) }
        }
    }

    @Test func `a ciphertext that was moved to another event does not open`() async throws {
        let post = PostID.random()
        try await site.withLog { log async throws in
            try await write("ett", in: log, about: post)
            try await write("två", in: log, about: post)
        }
        try rewrite(
            site.files.log,
            "DROP TRIGGER events_no_update; UPDATE events SET sealed = (SELECT sealed FROM events WHERE position = 1) WHERE position = 2"
        )
        try await site.withLog { log async throws in
            #expect(throws: SealDamage.tampered(position: 2)) { try log.events(in: StreamName(post)) }
        }
    }

    @Test(arguments: [-1, 77_777, Int.max])
    func `a key that the vault does not have is missed, whatever number a damaged row holds`(key: Int) async throws {
        let post = PostID.random()
        try await site.withLog { try await write("text", in: $0, about: post) }
        try rewrite(site.files.log, "DROP TRIGGER events_no_update; UPDATE events SET key = \(key)")
        try await site.withLog { log async throws in
            #expect(throws: SealDamage.keyMissing(position: 1)) { try log.events(in: StreamName(post)) }
        }
    }

    @Test func `events open in whatever order their keys were used`() async throws {
        let posts = (0..<400).map { _ in PostID.random() }
        let again = [399, 0, 398, 1, 200, 201, 202, 5, 399]
        try await site.withLog { log async throws in
            for (number, post) in posts.enumerated() { try await write("text \(number)", in: log, about: post) }
            for number in again { try await write("again \(number)", in: log, about: posts[number]) }
            let texts = (0..<400).map { "text \($0)" } + again.map { "again \($0)" }
            #expect(try log.events(after: 0, limit: 1000).map { try $0.text } == texts.map(Personal.known))
        }
    }

    @Test func `a vault older than the log is refused, never shown as erased`() async throws {
        try await site.withLog { _ in }
        let old = try Data(contentsOf: URL(fileURLWithPath: site.files.vault))
        try await site.withLog { try await write("nytt", in: $0, about: .random()) }
        try old.write(to: URL(fileURLWithPath: site.files.vault))
        #expect(throws: LogUnusable.vaultOlderThanLog(position: 1)) { try EventLog(site.files) }
    }

    @Test func `a missing master key is named`() throws {
        let key = site.files.keys.appending(path: "master-1.key")
        try FileManager.default.removeItem(at: key)
        #expect(throws: LogUnusable.noKeys(key.path)) { try EventLog(site.files) }
    }

    @Test func `another master key is refused`() throws {
        let key = site.files.keys.appending(path: "master-1.key")
        try String(repeating: "ab", count: 32).write(to: key, atomically: true, encoding: .utf8)
        #expect(throws: LogUnusable.wrongMasterKey) { try EventLog(site.files) }
    }

    @Test func `the vault of another site is refused`() throws {
        let other = try TemporarySite()
        try FileManager.default.removeItem(atPath: site.files.vault)
        try FileManager.default.copyItem(atPath: other.files.vault, toPath: site.files.vault)
        #expect(throws: LogUnusable.vaultOfAnotherLog) { try EventLog(site.files) }
    }

    @Test func `secrets are readable by their owner only`() throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: site.files.keys.path) {
            let attributes = try FileManager.default.attributesOfItem(
                atPath: site.files.keys.appending(path: name).path)
            #expect(attributes[.posixPermissions] as? Int == 0o600, "\(name)")
        }
    }

    @Test func `a site is made once`() throws {
        #expect(throws: LogUnusable.alreadyExists(site.files.log)) { try EventLog.create(site.files, at: .testStart) }
    }

}
