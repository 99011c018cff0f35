import Accounts
import Events
import Forum
import Foundation
import Projections
import Testing
import Testkit

@testable import Server

@Suite(.serialized) struct `Killing the site while it erases` {
    private static let steps = ["keys", "sessions", "tokens", "mail", "views", "files"]

    @Test(.clause("P-16.3"))
    func `leaves an erasure that the next start goes on with, until no file holds a value`() async throws {
        let site = try await ProgramSite()
        let canaries = CanaryScan("kanariefågelns hemlighet", "kanariefågelns rubrik")
        try await writeAndErase(in: site)
        #expect(try !canaries.findings(in: site.files.data).isEmpty)
        for step in Self.steps {
            let server = try serve(site)
            try await wait(for: "done=\(step)", from: server)
            server.signal(SIGKILL)
            _ = try await server.finish()
        }
        let last = try serve(site)
        try await last.wait(for: " is at ")
        while try !isComplete(site) { try await Task.sleep(for: .milliseconds(20)) }
        #expect(try canaries.findings(in: site.files.data) == [])
        last.signal(SIGTERM)
        _ = try await last.finish()
        #expect(try canaries.findings(in: site.files.data) == [])
        #expect(try await site.run("log", "verify").status == 0)
    }

    /// A member's thread, and the fence over everything of hers, with the site stopped before it has seen to anything else.
    private func writeAndErase(in site: ProgramSite) async throws {
        let time = Events.Clock.system.now()
        let community = try Community(site.files, clock: .system)
        let member = try #require(
            try community.log.events(after: 0, limit: 500).first { $0.type.name == "accounts.confirmed" }?.stream.id(
                MemberKind.self))
        let category = try #require(try community.forum.categories().first?.id)
        _ = try await community.forum.openThread(
            in: category, title: ThreadTitle("Om kanariefågelns rubrik"),
            body: community.draft("Här är kanariefågelns hemlighet."), by: Standing(member),
            command: CommandID(at: time))
        _ = await community.views.reach(community.log.head)
        try await community.log.erase(
            Erasure(fence: .random(), .owner(Owner(member))), command: CommandID(at: time), by: .system, at: time)
        await community.log.close()
        community.views.close()
    }

    private func serve(_ site: ProgramSite) throws -> ProgramRun {
        try ProgramRun([
            "serve", "--data", site.data, "--port", "0", "--log-level", "debug", "--mail",
            site.directory.appending(path: "mail").path,
        ])
    }

    private func wait(for text: String, from server: ProgramRun) async throws {
        let start = ContinuousClock.now
        while !server.complaints.contains(text) {
            try #require(server.isRunning && start.duration(to: .now) < .seconds(60), "waited for '\(text)'")
            try await Task.sleep(for: .milliseconds(2))
        }
    }

    private func isComplete(_ site: ProgramSite) throws -> Bool {
        let log = try LogCopy(site.files)
        let events = try log.events(after: 0, limit: 100_000)
        return events.count { $0.type.name == "erasure.fenced" }
            == events.count { $0.type.name == "erasure.completed" }
    }
}
