import Accounts
import Events
import Forum
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Server
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite(.clause("P-16.1")) struct `An account that is not closed by its owner` {
    /// The ways an account can be closed by others.
    enum Way: String, CaseIterable, Sendable {
        case page, commandOnRequest, commandForBreach, unused, unreturned
    }

    @Test(arguments: Way.allCases)
    func `loses, at the purge, the texts that its owner would have found ticked, and no others`(way: Way) async throws {
        try await LeavingSite.visited { site async throws in
            let nils = try await site.administrator()
            _ = try await site.join(.moa)
            let id = try site.id("moa")
            let told = try await site.write("Ring Moa Hallin på 070-123 45 67", by: id)
            let harmless = try await site.write("Momsen betalas i maj", by: id)
            try await site.close(id, way, nils)
            let closing = try #require(try site.application.accounts.member(id).closing)
            #expect(closing.texts == .anonymise)
            #expect(closing.marked == [Subject(.post, told.post)], "\(way)")
            try await site.time.advance(
                by: try #require(Period("P1Y")), reminding: [id], by: site.application.accounts)
            #expect(try await site.run().done[.closedAccount] == 1)
            #expect(try site.application.forum.post(told.post)?.post.facts?.body == .erased)
            #expect(try site.application.forum.post(harmless.post)?.post.facts?.body.value != nil)
        }
    }

    @Test func `leaves the choice to its owner until then`() async throws {
        try await LeavingSite.visited { site async throws in
            let nils = try await site.administrator()
            _ = try await site.join(.moa)
            let id = try site.id("moa")
            let told = try await site.write("Ring Moa Hallin på 070-123 45 67", by: id)
            try await site.close(id, .commandOnRequest, nils)
            let link = try #require(try await site.mail(to: "moa@example.se").link("/aterskapa/"))
            let browser = site.browser
            let page = try await browser.get(link)
            #expect(page.contains("value=\"\(Subject(.post, told.post))\" checked"))
        }
    }

    @Test func `for breach leaves her the choice, for posts and for messages, and no way back`() async throws {
        try await LeavingSite.visited { site async throws in
            let nils = try await site.administrator()
            _ = try await site.join(.moa)
            let id = try site.id("moa")
            try await site.close(id, .commandForBreach, nils)
            let link = try #require(try await site.mail(to: "moa@example.se").link("/aterskapa/"))
            let browser = site.browser
            let page = try await browser.get(link)
            #expect(page.contains("är stängt av oss") && page.contains("Vad ska hända med dina privata meddelanden?"))
            #expect(!page.contains("value=\"aterskapa\""))
            let chosen = try await browser.post(
                link, ["atgard": "texts", "inlagg": "anonymise", "meddelanden": "erase"])
            #expect(chosen.status == 200 && chosen.contains("Ditt val är sparat."))
            let texts = try site.application.accounts.member(id).closing?.texts
            #expect(texts == TextsChoices(posts: .anonymise, messages: .erase))
            #expect(try await browser.post(link, ["atgard": "aterskapa"]).status == 409)
            #expect(try site.application.accounts.member(id).closing != nil)
        }
    }
}

extension LeavingSite {
    fileprivate func close(_ id: MemberID, _ way: `An account that is not closed by its owner`.Way, _ nils: Browser)
        async throws
    {
        switch way {
        case .page:
            _ = try await nils.get("/admin/medlem/\(id)/stang")
            let answer = try await nils.post(
                "/admin/medlem/\(id)/stang", ["regel": "T-04", "handelse": "Annonser i hundra trådar."])
            #expect(answer.status == 303)
        case .commandOnRequest: try await perform("members", "close", "moa")
        case .commandForBreach:
            try await perform("members", "close", "moa", "--breach", "--rule", "T-04", "--facts", "Annonser")
        case .unused:
            let rule = #""unusedAccount":{"closedAfter":"P3Y","warnBefore":["P60D","P14D"]},"version":"#
            try await publishPolicy(replacing: [#""version":"#: rule])
            // Two warnings come first, each with its waiting time.
            time.advance(by: try #require(Period("P4Y")))
            for _ in 1...6 where try application.accounts.member(id).closing == nil {
                _ = try await run()
                time.advance(by: try #require(Period("P2M")))
            }
        case .unreturned:
            let reasons = try #require(StatementOfReasons(rule: "T-04", facts: "Annonser"))
            try await application.accounts.deactivate(
                id, until: time.now.advanced(seconds: 86_400), reasons, by: .operator, command: command())
            time.advance(by: try #require(Period("P6M")))
            for _ in 1...8 where try application.accounts.member(id).closing == nil {
                time.advance(by: try #require(Period("P1M")))
                _ = try await run()
            }
        }
        await waitForViews()
    }

    private func perform(_ words: String...) async throws {
        try await ControlServer.command(words).perform(on: CommandHost(application), output: CommandOutput { _, _ in })
    }
}
