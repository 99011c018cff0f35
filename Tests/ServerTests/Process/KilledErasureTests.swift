import Accounts
import Events
import Forum
import Foundation
import Projections
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Server
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite(.serialized) struct `Killing the site while it erases` {
    private static let steps = ["keys", "sessions", "tokens", "mail", "views", "files"]

    @Test(.clause("P-16.3"))
    func `leaves an erasure that the next start continues, until no file holds a value`() async throws {
        let site = try await ProgramSite()
        let canaries = CanaryScan("kanariefågelns hemlighet", "kanariefågelns rubrik")
        let (member, posts) = try await write(Self.steps.count, in: site)
        #expect(try !canaries.findings(in: site.files.data).isEmpty)
        // Each round has a separate fence: the previous one may have completed before the signal arrived.
        for (step, post) in zip(Self.steps, posts) {
            try await fence(.subjects([Subject(.post, post)]), in: site)
            let server = try serve(site)
            try await server.wait(forLogged: "done=\(step)")
            server.signal(SIGKILL)
            _ = try await server.finish()
        }
        try await fence(.owner(Owner(member)), in: site)
        let last = try serve(site)
        try await last.wait(for: " is at ")
        try await last.wait(untilErased: { try isComplete(site) })
        #expect(try canaries.findings(in: site.files.data) == [])
        last.signal(SIGTERM)
        _ = try await last.finish()
        #expect(try canaries.findings(in: site.files.data) == [])
        #expect(try await site.run("log", "verify").status == 0)
    }

    /// Writes a member's threads, each with a post that contains a canary.
    private func write(_ count: Int, in site: ProgramSite) async throws -> (MemberID, [PostID]) {
        let application = try Application(site.files, clock: .system)
        let member = try #require(
            try application.log.events(after: 0, limit: 500).first { $0.type.name == "accounts.confirmed" }?.stream.id(
                MemberKind.self))
        let category = try #require(try application.forum.categories().first?.id)
        var posts: [PostID] = []
        for _ in 1...count {
            let opened = try await application.forum.openThread(
                in: category, title: ThreadTitle("Om kanariefågelns rubrik"),
                body: application.draft("Här är kanariefågelns hemlighet."), by: Standing(member),
                command: CommandID(at: Events.Clock.system.now()))
            posts.append(opened.post)
        }
        _ = await application.views.waitUntil(position: application.log.head)
        await application.close()
        return (member, posts)
    }

    /// Fences with only the log open, so that the views do not know the fence when the site starts.
    private func fence(_ scope: Erasure.Scope, in site: ProgramSite) async throws {
        let (log, time) = (try EventLog(site.files), Events.Clock.system.now())
        try await log.erase(
            ErasureRequest(fence: .random(), scope), command: CommandID(at: time), by: .system, at: time)
        await log.close()
    }

    private func serve(_ site: ProgramSite) throws -> ProgramRun {
        try ProgramRun([
            "serve", "--data", site.data, "--port", "0", "--log-level", "debug", "--mail",
            site.directory.appending(path: "mail").path,
        ])
    }

    private func isComplete(_ site: ProgramSite) throws -> Bool {
        let log = try LogCopy(site.files)
        let events = try log.events(after: 0, limit: 100_000)
        return events.count { $0.type.name == "erasure.fenced" }
            == events.count { $0.type.name == "erasure.completed" }
    }
}
