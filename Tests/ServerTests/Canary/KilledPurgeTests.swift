import Accounts
import Events
import Foundation
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Server
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite(.clause("P-16.3")) struct `A purge that stops on its way` {
    /// The steps that `serve` logs, in order.
    private static let steps = [
        "keys", "sessions", "reading", "tokens", "mail", "visits", "views", "files", "complete",
    ]

    @Test(arguments: TextsChoice.allCases)
    func `by a kill after any step is finished by the next start, and nothing of her is left`(
        texts: TextsChoice
    ) async throws {
        let life = try await CanaryLife.lived(texts)
        for step in texts == .anonymise ? Self.steps : ["keys", "views"] {
            let place = try life.closed.copy()
            let server = try serve(place)
            try await server.wait(forLogged: "done=\(step)")
            server.signal(SIGKILL)
            let output = try await server.finish()
            #expect(life.search.findings(in: output.output + output.errors, named: "output") == [])
            try await expectFinished(place, life, "after \(step)")
        }
    }

    @Test func `before the ledger has it is finished by the next start`() async throws {
        let life = try await CanaryLife.lived(.anonymise)
        let ledger = life.closed.files.keys.appending(path: "erasures.ledger")
        let aside = life.closed.directory.appending(path: "ledger")
        try await CanarySite.opened(life.closed, at: CanaryLife.purgeTime) { site async throws in
            // A directory in the ledger's place makes the write fail.
            try FileManager.default.moveItem(at: ledger, to: aside)
            try FileManager.default.createDirectory(at: ledger, withIntermediateDirectories: true)
            await #expect(throws: (any Error).self) { try await site.retention.purge(life.member) }
            #expect(try site.unfinishedErasures > 0)
        }
        #expect(try life.opened(in: life.closed) > 5)
        try FileManager.default.removeItem(at: ledger)
        try FileManager.default.moveItem(at: aside, to: ledger)
        try await expectFinished(life.closed, life, "before the ledger")
    }

    @Test func `before the keys are destroyed is finished by the next start`() async throws {
        let life = try await CanaryLife.lived(.anonymise)
        try await CanarySite.opened(life.closed, at: CanaryLife.purgeTime) { site async throws in
            // The vault cannot be written while another connection holds the lock.
            let hindrance = try Events.SQLiteConnection(life.closed.files.vault, .readWrite)
            try hindrance.run("BEGIN IMMEDIATE")
            await #expect(throws: (any Error).self) { try await site.retention.purge(life.member) }
            try hindrance.run("ROLLBACK")
            // All other due work is done, so only the unfinished erasure can cause the next start to act.
            _ = try await site.retention.run()
            #expect(try site.unfinishedErasures > 0)
        }
        let ledger = try String(
            contentsOf: life.closed.files.keys.appending(path: "erasures.ledger"), encoding: .utf8)
        #expect(ledger.contains("\(Owner(life.member))"))
        try await expectFinished(life.closed, life, "before the keys")
    }

    /// Only the next start runs, so every remaining step must be its work.
    private func expectFinished(_ place: CanaryPlace, _ life: CanaryLife, _ comment: Comment) async throws {
        let server = try serve(place)
        try await server.wait(for: " is at ")
        try await server.wait(untilErased: { try place.isErased(life.member) })
        // The files of a running site, including index and WAL.
        #expect(try life.search.findings(in: place.data) == [], comment)
        server.signal(SIGTERM)
        let output = try await server.finish()
        #expect(life.search.findings(in: output.output + output.errors, named: "output") == [], comment)
        #expect(try life.search.findings(in: place.data) == [], comment)
        #expect(try life.opened(in: place) == (life.texts == .erase ? 0 : 2), comment)
        #expect(try LogVerifier(path: place.files.log).run().isSound, comment)
        try await CanarySite.opened(place, at: TestClock(Events.Clock.system.now())) { site async throws in
            #expect(try site.unfinishedErasures == 0, comment)
            try await site.expectForgotten(life)
        }
    }

    private func serve(_ place: CanaryPlace) throws -> ProgramRun {
        try ProgramRun([
            "serve", "--data", place.data.path, "--port", "0", "--log-level", "debug", "--mail", place.mail.path,
        ])
    }
}

extension CanaryPlace {
    /// Whether the log records that the member is erased, also while a site has it open.
    fileprivate func isErased(_ member: MemberID) throws -> Bool {
        let log = try LogCopy(files)
        let events = try log.events(after: 0, limit: log.head())
        let fences = events.filter { $0.type.name == "erasure.fenced" }
        let completed = Set(events.filter { $0.type.name == "erasure.completed" }.map(\.stream))
        return try fences.contains { try Erasure($0)?.formerMember == member }
            && fences.allSatisfy { completed.contains($0.stream) }
    }
}
