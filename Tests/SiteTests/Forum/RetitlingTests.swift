import Accounts
import Events
import Forum
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite struct `Giving a thread another title` {
    @Test func `its author does, and old links lead to it still`() async throws {
        try await ForumSite.visited { site, client async throws in
            let moa = try await site.member("moa")
            let (thread, _) = try await site.thread("Hej hej", in: try await site.category("Allmänt"), by: moa)
            let browser = try await site.browser(client, as: moa)
            #expect(try await browser.get("/trad/\(thread)/hej-hej").contains("/trad/\(thread)/rubrik"))
            #expect(try await browser.get("/trad/\(thread)/rubrik").contains("value=\"Hej hej\""))
            let head = site.head
            let answer = try await browser.post("/trad/\(thread)/rubrik", ["title": "Hej på er"])
            #expect(answer.location == "/trad/\(thread)/hej-pa-er")
            #expect(try site.events(after: head) == ["forum.thread-retitled"])
            #expect(try await browser.get("/trad/\(thread)/hej-hej").location == "/trad/\(thread)/hej-pa-er")
        }
    }

    @Test func `a title that does not do comes back with what was typed`() async throws {
        try await ForumSite.visited { site, client async throws in
            let moa = try await site.member("moa")
            let (thread, _) = try await site.thread("Hej hej", in: try await site.category("Allmänt"), by: moa)
            let browser = try await site.browser(client, as: moa)
            _ = try await browser.get("/trad/\(thread)/rubrik")
            let head = site.head
            let page = try await browser.post("/trad/\(thread)/rubrik", ["title": "<a"])
            #expect(page.status == 422 && page.contains("value=\"&lt;a\"") && page.contains("id=\"title-error\""))
            #expect(try site.events(after: head) == [])
        }
    }

    @Test func `nobody else does, and not in a locked thread`() async throws {
        try await ForumSite.visited { site, client async throws in
            let moa = try await site.member("moa")
            let nils = try await site.member("nils")
            let maj = try await site.member("maj", as: .moderator)
            let (thread, _) = try await site.thread("Hej hej", in: try await site.category("Allmänt"), by: moa)
            let path = "/trad/\(thread)/rubrik"
            let visitor = try await site.browser(client)
            _ = try await visitor.get("/logga-in")
            #expect(try await visitor.get(path).status == 303)
            #expect(try await visitor.post(path, ["title": "Nytt namn"]).status == 401)
            let other = try await site.browser(client, as: nils)
            #expect(!(try await other.get("/trad/\(thread)/hej-hej")).contains(path))
            #expect(try await other.get(path).status == 403)
            #expect(try await other.post(path, ["title": "Nytt namn"]).status == 403)
            let author = try await site.browser(client, as: moa)
            _ = try await author.get(path)
            _ = try await site.application.forum.closeThread(
                thread, by: Standing(maj, as: .moderator), command: site.command())
            await site.waitForViews()
            let head = site.head
            #expect(!(try await author.get("/trad/\(thread)/hej-hej")).contains(path))
            #expect(try await author.post(path, ["title": "Nytt namn"]).status == 403)
            #expect(try site.events(after: head) == [])
        }
    }
}
