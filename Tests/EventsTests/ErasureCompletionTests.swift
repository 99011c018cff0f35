import Crypto
import Foundation
import Testing
import Testkit

@testable import Events

@Suite struct `Completing an erasure` {
    let site: TemporarySite
    let anna = MemberID(rawValue: 7)
    let posts = [PostID(rawValue: 1), PostID(rawValue: 2)]
    init() throws { site = try TemporarySite() }

    func writeAndErase(in log: EventLog, _ scope: Erasure.Scope? = nil) async throws {
        for post in posts + posts {
            _ = try await log.append(Note.append(StreamName(post), [Note.sealed("text", about: post, of: anna)]))
        }
        try await log.erase(
            ErasureRequest(fence: .random(), scope ?? .owner(Owner(anna))), command: CommandID(at: .testStart),
            by: .system,
            at: .testStart)
    }

    func done(_ fenced: FencedErasure, _ keys: DestroyedKeys) -> ErasureCompleted {
        ErasureCompleted(
            fence: fenced.erasure.fence, parts: [.views, .claims], files: [.vault, .log], generations: 1, keys: keys)
    }

    @Test func `an erasure is unfinished from its fence until it is completed, over a restart`() async throws {
        try await site.withLog { try await writeAndErase(in: $0) }
        try await site.withLog { log async throws in
            let fenced = try #require(try log.unfinishedErasures().first)
            #expect((fenced.position, fenced.erasure.scope) == (5, .owner(Owner(anna))))
            let keys = try #require(try log.destroyedKeys(of: [fenced.erasure])[fenced.erasure.fence])
            for isRepetition in [false, true] {
                let appended = try await log.complete(fenced, done(fenced, keys), at: .testStart)
                #expect(appended == Appended(positions: 6...6, isRepetition: isRepetition))
            }
            #expect(try log.unfinishedErasures().isEmpty)
            #expect(try log.events(after: 5, limit: 1).map(\.causation) == [5])
        }
    }

    @Test func `its fingerprint of the destroyed keys is made again from the log alone`() async throws {
        try await site.withLog { log async throws in
            try await writeAndErase(in: log)
            let erasure = try #require(try log.unfinishedErasures().first).erasure
            let numbers = try SQLiteConnection(site.files.log, .readOnly).statement(
                "SELECT DISTINCT key FROM events WHERE owner = 'member:0000000000007' ORDER BY key"
            ).rows { "\($0.text(0))\n" }.joined()
            let keys = try #require(try log.destroyedKeys(of: [erasure])[erasure.fence])
            #expect(keys.count == 2)
            #expect(keys.fingerprint.description == Hex.encode(SHA256.hash(data: Data(numbers.utf8))))
        }
    }

    @Test(arguments: [
        Erasure.Scope.subjects([Subject(.post, PostID(rawValue: 2))]),
        .kinds([.post], of: Owner(MemberID(rawValue: 7))),
        .kinds([.identity], of: Owner(MemberID(rawValue: 7))),
    ])
    func `it counts the keys of what it named`(scope: Erasure.Scope) async throws {
        try await site.withLog { log async throws in
            try await writeAndErase(in: log, scope)
            let erasure = try #require(try log.unfinishedErasures().first).erasure
            let expected =
                switch scope {
                case .kinds([.post], _): 2
                case .subjects: 1
                case .owner, .kinds: 0
                }
            #expect(try log.destroyedKeys(of: [erasure])[erasure.fence]?.count == expected)
        }
    }

    @Test func `it is refused while a key is left`() async throws {
        try await site.withLog { log async throws in
            try await writeAndErase(in: log)
            let vault = try SQLiteConnection(site.files.vault, .readWrite)
            try vault.run("UPDATE keys SET wrapped = (SELECT wrapped FROM keys WHERE id = 9) WHERE id = 2")
            let erasure = try #require(try log.unfinishedErasures().first).erasure
            #expect(throws: (any Error).self) { try log.destroyedKeys(of: [erasure]) }
        }
    }

    @Test func `a WAL that somebody reads is reported, and empty once nobody does`() async throws {
        try await site.withLog { log async throws in
            try await writeAndErase(in: log)
            let reader = try SQLiteConnection(site.files.log, .readOnly)
            try reader.run("BEGIN; SELECT count(*) FROM events")
            _ = try await log.append(Note.append(stream(9), [Note.clear(1)]))
            #expect(try await log.emptyWriteAheadLogs() == [.log])
            try reader.run("COMMIT")
            #expect(try await log.emptyWriteAheadLogs() == [])
            for file in [site.files.log, site.files.vault] {
                #expect(try FileManager.default.attributesOfItem(atPath: file + "-wal")[.size] as? Int == 0)
            }
        }
    }

    @Test func `who asked to be told of fences is told`() async throws {
        try await site.withLog { log async throws in
            var fences = log.fences().makeAsyncIterator()
            #expect(await fences.next() != nil)
            try await writeAndErase(in: log)
            #expect(await fences.next() != nil)
        }
    }

    @Test func `the receipt's hash leads to the erasure`() async throws {
        let receipt = TextHash(of: "token")
        try await site.withLog { log async throws in
            try await writeAndErase(in: log)
            try await log.erase(
                ErasureRequest(fence: .random(), .subjects([Subject(.post, posts[0])]), receipt: receipt),
                command: CommandID(named: "other", at: .testStart), by: .system, at: .testStart)
            #expect(try log.erasure(withReceipt: receipt)?.position == 6)
            #expect(try log.erasure(withReceipt: receipt)?.completion == nil)
            #expect(try log.erasure(withReceipt: TextHash(of: "other")) == nil)
        }
    }

    @Test(arguments: ErasureEventName.allCases.map(\.rawValue))
    func `its events are read and written as they were first`(name: String) throws {
        let fixture = try EventFixture(EventType(name, 1))
        let event = RecordedEvent(
            position: 1, stream: StreamName(FenceID(rawValue: 1)), version: 1,
            type: fixture.type, time: .testStart, actor: .system, causation: nil, command: CommandID(at: .testStart),
            clear: ClearPart(stored: fixture.clear), subject: nil, owner: nil, content: .none)
        let written =
            try Erasure(event)?.encoded() ?? ErasureCompleted(event)?.encoded() ?? DeferredErasure(event)?.encoded()
        #expect(written?.type == fixture.type)
        #expect(written?.clear.bytes == fixture.clear)
    }
}
