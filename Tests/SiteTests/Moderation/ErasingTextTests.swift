import Accounts
import Events
import Forum
import Testing

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite struct `Erasing one text from the moderation pages` {
    @Test func `is for moderators alone`() async throws {
        try await ForumSite.visited { site, client async throws in
            let moa = try await site.member("moa")
            let (thread, post) = try await site.thread("Hej hej", in: try await site.category("Allmänt"), by: moa)
            let head = site.head
            for member in [nil, moa] {
                let browser = try await site.browser(client, as: member)
                _ = try await browser.get(member == nil ? "/logga-in" : "/trad/\(thread)/hej-hej")
                for path in ["/inlagg/\(post)/radera-for-gott", "/trad/\(thread)/radera-rubriken"] {
                    #expect(try await browser.get(path).status == (member == nil ? 303 : 403))
                    let status = try await browser.post(path, ["radera-for": "unlawful"]).status
                    #expect(status == (member == nil ? 401 : 403))
                }
            }
            #expect(try site.events(after: head) == [])
        }
    }

    @Test func `an erased post is gone for everybody, in the thread, its history and where it is quoted`() async throws
    {
        try await ForumSite.visited { site, client async throws in
            let moa = try await site.member("moa")
            let maj = try await site.member("maj", as: .moderator)
            let (thread, post) = try await site.thread(
                "Hej hej", "Hemlig vers", in: try await site.category("Allmänt"), by: moa)
            try await site.reply("[citat \(post)]\n\nFint!", to: thread, by: maj)
            let browser = try await site.browser(client, as: maj)
            #expect(try await browser.get("/trad/\(thread)/hej-hej").count(of: "Hemlig vers") == 2)
            let path = "/inlagg/\(post)/radera-for-gott"
            #expect(try await browser.get("/inlagg/\(post)/ta-bort").contains(path))
            let form = try await browser.get(path)
            #expect(form.contains("Det går inte att ångra") && form.contains("Beslut av domstol eller myndighet"))
            #expect(try await browser.post(path, [:]).status == 422)
            #expect(try await browser.post(path, ["radera-for": "because"]).status == 422)
            let head = site.head
            #expect(try await browser.post(path, ["radera-for": "authors-request"]).status == 303)
            #expect(try site.events(after: head) == ["forum.post-erased", "erasure.fenced"])
            for reader in [browser, try await site.browser(client)] {
                let page = try await reader.get("/trad/\(thread)/hej-hej")
                #expect(!page.contains("Hemlig vers"))
                #expect(page.contains("Inlägget är raderat") && page.contains("Citatet är borttaget"))
            }
            #expect(try await browser.get("/inlagg/\(post)/historik").contains("Hemlig vers") == false)
            #expect(try await browser.get(path).status == 404)
            _ = try await browser.get("/trad/\(thread)/moderera")
            #expect(try await browser.post("/inlagg/\(post)/aterstall", ["command": "\(site.command())"]).status == 409)
            let author = try await site.browser(client, as: moa)
            _ = try await author.get("/trad/\(thread)/svara")
            let revised = try await author.post(
                "/inlagg/\(post)/andra", ["text": "Igen", "revision": "1", "command": "\(site.command())"])
            #expect((400..<500).contains(revised.status))
        }
    }

    @Test func `an erased title is gone, and the thread takes no other`() async throws {
        try await ForumSite.visited { site, client async throws in
            let moa = try await site.member("moa")
            let maj = try await site.member("maj", as: .moderator)
            let (thread, _) = try await site.thread(
                "Hemlig rubrik", in: try await site.category("Allmänt"), by: moa)
            let browser = try await site.browser(client, as: maj)
            let path = "/trad/\(thread)/radera-rubriken"
            #expect(try await browser.get("/trad/\(thread)/moderera").contains(path))
            _ = try await browser.get(path)
            #expect(try await browser.post(path, ["radera-for": "personal-data"]).status == 422)
            let erasure = ["radera-for": "personal-data", "handelse": "Rubriken röjde en adress"]
            #expect(try await browser.post(path, erasure).status == 303)
            let forum = try await browser.get("/forum")
            #expect(forum.contains("Rubriken är raderad") && !forum.contains("Hemlig rubrik"))
            _ = try await browser.get("/trad/\(thread)/moderera")
            let retitled = try await browser.post(
                "/trad/\(thread)/moderera", ["action": "retitle", "title": "Ny rubrik"])
            #expect(retitled.status == 409 && retitled.contains("Rubriken är raderad"))
        }
    }
}
