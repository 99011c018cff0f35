import CSQLite
import Foundation
import Testing
import Testkit

@testable import Events

@Suite struct `Erasing` {
    let site: TemporarySite
    let anna = MemberID(rawValue: 7)
    let bo = MemberID(rawValue: 8)
    let email = Claim(.email, "anna@example.se")
    let username = Claim(.username, "anna")
    init() throws { site = try TemporarySite() }

    func write(_ text: String, in log: EventLog, about post: PostID) async throws {
        _ = try await log.append(Note.append(StreamName(post), [Note.sealed(text, about: post, of: anna)]))
    }

    func erase(
        _ scope: Erasure.Scope, fence: FenceID = .random(), together others: [StreamAppend] = [], in log: EventLog
    ) async throws {
        try await log.erase(
            ErasureRequest(fence: fence, scope), together: others, command: CommandID(at: .testStart), by: .system,
            at: .testStart)
    }

    func next(_ number: Int, after version: Int) -> StreamAppend {
        StreamAppend(stream(1), expected: .exactly(version), encoded: [Note.clear(number)])
    }

    @Test func `a fence is appended with what another stream says of it, as one`() async throws {
        try await site.withLog { log async throws in
            try await erase(.owner(Owner(anna)), together: [next(1, after: 0)], in: log)
            #expect(try log.events(after: 0, limit: 9).map(\.type.name) == ["test.counted", "erasure.fenced"])
        }
    }

    @Test func `nothing is erased when another stream is not as expected`() async throws {
        let post = PostID.random()
        try await site.withLog { log async throws in
            try await write("kvar", in: log, about: post)
            await #expect(throws: AppendFailure.versionConflict(stream(1), actual: 0)) {
                try await erase(.owner(Owner(anna)), together: [next(1, after: 4)], in: log)
            }
            #expect(try log.events(in: StreamName(post)).map { try $0.text } == [.known("kvar")])
            #expect(try log.unfinishedErasures().isEmpty)
            try await write("går bra", in: log, about: post)
        }
    }

    @Test func `of a purge and a restoring at the same moment exactly one wins (P-16.3)`() async throws {
        for _ in 1...20 {
            let (post, member) = (PostID.random(), StreamName(MemberID.random()))
            try await site.withLog { log async throws in
                try await write("text", in: log, about: post)
                let restoring = Append(
                    command: CommandID(at: .testStart), actor: .system, time: .testStart,
                    streams: [StreamAppend(member, expected: .exactly(0), encoded: [Note.clear(1)])])
                let purge = StreamAppend(member, expected: .exactly(0), encoded: [Note.clear(2)])
                async let restored: Appended? = try? log.append(restoring)
                async let purged: Void? = try? erase(.subjects([Subject(.post, post)]), together: [purge], in: log)
                let (isRestored, isPurged) = await (restored != nil, purged != nil)
                #expect(isRestored != isPurged)
                #expect(
                    try log.events(in: StreamName(post)).map { try $0.text } == [isPurged ? .erased : .known("text")])
            }
        }
    }

    @Test func `a purge told twice is one`() async throws {
        let command = CommandID(at: .testStart)
        let erasure = ErasureRequest(fence: .random(), .owner(Owner(anna)))
        try await site.withLog { log async throws in
            for isRepetition in [false, true] {
                let appended = try await log.erase(
                    erasure, together: [next(1, after: 0)], command: command, by: .system, at: .testStart)
                #expect(appended == Appended(positions: 1...2, isRepetition: isRepetition))
            }
        }
        #expect(
            try ErasureLedger(directory: site.files.keys).erasures(of: LogIdentity(readingFrom: site.files.log)).count
                == 1)
    }

    @Test func `the ledger keeps scope and receipt of each erasure, and is read as it was before it had receipts`()
        throws
    {
        let log = try LogIdentity(readingFrom: site.files.log)
        let ledger = ErasureLedger(directory: site.files.keys)
        let (first, second) = (Subject(.post, PostID(rawValue: 1)), Subject(.thread, ThreadID(rawValue: 2)))
        let scopes: [Erasure.Scope] = [
            .owner(Owner(anna)), .kinds([.identity, .post], of: Owner(anna)), .subjects([first, second]),
        ]
        var told: [Erasure] = []
        for receipt in [nil, TextHash(of: "token")] {
            told += scopes.enumerated().map { index, scope in
                Erasure(
                    fence: FenceID(rawValue: UInt64(index + 1 + (receipt == nil ? 0 : 10))), scope, receipt: receipt)
            }
        }
        try LedgerKeeper(ledger, anchored: nil, log: log).record(told)
        #expect(try ledger.erasures(of: log) == told)
        let lines = try String(contentsOf: ledger.file, encoding: .utf8).split(separator: "\n")
        #expect(lines.first == "\(log.id) \(told[0].fence) owner \(Owner(anna))")
        #expect(lines.last == "\(log.id) \(told[5].fence) subjects \(first) \(second) receipt:\(TextHash(of: "token"))")
        try (lines.joined(separator: "\n") + "\n\(log.id) \(told[0].fence) owner receipt:\(TextHash(of: "a"))\n")
            .write(to: ledger.file, atomically: true, encoding: .utf8)
        #expect(throws: LogUnusable.self) { try ledger.erasures(of: log) }
    }

    @Test func `the names an erased owner held are free at the fence, and never hers again (P-16.3)`() async throws {
        try await site.withLog { log async throws in
            _ = try await log.append(
                Note.append(stream(1), [], claims: [.take(email, Owner(anna)), .take(username, Owner(anna))]))
            try await erase(.owner(Owner(anna)), in: log)
            for claim in [email, username] {
                await #expect(throws: AppendFailure.holderFenced(Owner(anna))) {
                    try await log.append(Note.append(stream(1), [], claims: [.take(claim, Owner(anna))]))
                }
                #expect(try log.holder(of: claim) == nil)
                _ = try await log.append(Note.append(stream(1), [], claims: [.take(claim, Owner(bo))]))
                #expect(try log.holder(of: claim) == Owner(bo))
            }
        }
    }

    @Test func `erasing who somebody is frees the names that go with it, and no others`() async throws {
        try await site.withLog { log async throws in
            _ = try await log.append(
                Note.append(
                    stream(1), [],
                    claims: [
                        .take(email, Owner(anna)), .take(username, Owner(anna)),
                        .take(Claim(.username, "bo"), Owner(bo)),
                    ]))
            try await erase(.kinds([.identity, .post], of: Owner(anna)), in: log)
            #expect(try log.holder(of: username) == nil)
            #expect(try log.holder(of: email) == Owner(anna))
            #expect(try log.holder(of: Claim(.username, "bo")) == Owner(bo))
        }
    }

    @Test func `no claim of somebody erased outlives a start`() async throws {
        try await site.withLog { log async throws in
            _ = try await log.append(Note.append(stream(1), [], claims: [.take(email, Owner(bo))]))
            try await erase(.owner(Owner(anna)), in: log)
        }
        try SQLiteConnection(site.files.log, .readWrite).run("UPDATE claims SET holder = '\(Owner(anna))'")
        try await site.withLog { log async throws in #expect(try log.holder(of: email) == nil) }
    }

    @Test func `a fence of which the ledger has not heard is in it after the next start`() async throws {
        let (fence, ledger) = (FenceID.random(), site.files.keys.appending(path: "erasures.ledger"))
        try await site.withLog { try await erase(.owner(Owner(anna)), fence: fence, in: $0) }
        let line = try String(contentsOf: ledger, encoding: .utf8)
        try Data(line.utf8.prefix(20)).write(to: ledger)
        try await site.withLog { _ async throws in #expect(try String(contentsOf: ledger, encoding: .utf8) == line) }
    }

    @Test func `what the ledger names stays erased in a log that was put back from before (P-16.3)`() async throws {
        let post = PostID.random()
        try await site.withLog { try await write("bort", in: $0, about: post) }
        let backup = try [site.files.log, site.files.vault].map { ($0, try Data(contentsOf: URL(fileURLWithPath: $0))) }
        let fence = FenceID.random()
        try await site.withLog { try await erase(.owner(Owner(anna)), fence: fence, in: $0) }
        for (path, data) in backup { try data.write(to: URL(fileURLWithPath: path)) }
        // The checkpoint would keep the log from being opened at all.
        try FileManager.default.removeItem(atPath: site.files.checkpoint)
        try await site.withLog { log async throws in
            #expect(try log.events(in: StreamName(post)).map { try $0.text } == [.erased])
            await #expect(throws: AppendFailure.fenced(Subject(.post, post))) {
                try await write("tillbaka", in: log, about: post)
            }
            #expect(try log.forgottenErasures() == [Erasure(fence: fence, .owner(Owner(anna)))])
            try await erase(.owner(Owner(anna)), fence: fence, in: log)
            #expect(try log.forgottenErasures().isEmpty)
        }
    }

    @Test func `a ledger that cannot be read stops the start`() async throws {
        let ledger = site.files.keys.appending(path: "erasures.ledger")
        try Data("nonsense\n".utf8).write(to: ledger)
        #expect(throws: LogUnusable.unreadableLedger(ledger.path)) { try EventLog(site.files) }
    }
}
