import Accounts
import Events
import Forum
import Foundation
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite struct `Reading the forum` {
    @Test func `categories show how much and what last was written in them`() async throws {
        try await ForumSite.visited { site, client async throws in
            let moa = try await site.member("moa")
            let money = try await site.category("Pengar & moms")
            try await site.category("Fika", for: .members)
            let (thread, _) = try await site.thread("Byta bank?", in: money, by: moa)
            let page = try await site.browser(client).get("/forum")
            #expect(page.status == 200)
            #expect(page.contains("<a href=\"/forum/pengar-moms\">Pengar &amp; moms</a>"))
            #expect(page.contains("<b>1</b> tråd"))
            #expect(page.contains("<a href=\"/trad/\(thread)/byta-bank\">Byta bank?</a><br>moa, "))
            #expect(!page.contains("Fika"))
            let members = try await site.browser(client, as: moa).get("/forum")
            #expect(members.contains("/forum/fika") && members.contains("Endast medlemmar"))
        }
    }

    @Test func `a category lists pinned threads first, then the newest activity`() async throws {
        try await ForumSite.visited { site, client async throws in
            let moa = try await site.member("moa")
            let money = try await site.category("Pengar")
            var threads: [ThreadID] = []
            for number in 1...3 {
                site.time.advance(seconds: 60)
                threads.append(try await site.thread("Tråd \(number)", in: money, by: moa).thread)
            }
            _ = try await site.application.forum.pinThread(threads[0], by: site.administrator, command: site.command())
            site.time.advance(seconds: 60)
            try await site.reply("Svar", to: threads[1], by: moa)
            let page = try await site.browser(client).get("/forum/pengar")
            let places = [1, 2, 3].compactMap { page.text.range(of: ">Tråd \($0)</a>")?.lowerBound }
            #expect(places.count == 3 && places[0] < places[1] && places[1] < places[2])
            #expect(page.contains("Fäst") && page.contains("<b>1</b> svar"))
        }
    }

    @Test func `a thread is read under its present title; every other address leads there`() async throws {
        try await ForumSite.visited { site, client async throws in
            let moa = try await site.member("moa")
            let (thread, post) = try await site.thread("Vår nya skylt", in: try await site.category("Allmänt"), by: moa)
            for number in 2...21 { try await site.reply("Svar \(number)", to: thread, by: moa) }
            let browser = try await site.browser(client)
            let present = "/trad/\(thread)/var-nya-skylt"
            #expect(try await browser.get("/trad/\(thread)").location == present)
            #expect(try await browser.get("/trad/\(thread)/gammal?sida=2").location == "\(present)?sida=2")
            #expect(try await browser.get("/trad/\(thread)").status == 301)
            let second = try await browser.get("\(present)?sida=2")
            #expect(second.status == 200 && second.contains("Svar 21") && !second.contains("Svar 20<"))
            #expect(second.contains("rel=\"prev\"") && second.contains("#21</a>"))
            let place = try await browser.get("/inlagg/\(post)")
            #expect(place.status == 303 && place.location == "\(present)#inlagg-\(post)")
            _ = try await site.application.forum.retitle(
                thread, ThreadTitle("Annan"), by: site.administrator, command: site.command())
            await site.waitForViews()
            #expect(try await browser.get(present).location == "/trad/\(thread)/annan")
        }
    }

    @Test(arguments: ["Svara", "Moderera", "!!!"])
    func `a title that spells another page's address has an address without it`(title: String) async throws {
        try await ForumSite.visited { site, client async throws in
            let moa = try await site.member("moa")
            let (thread, _) = try await site.thread(title, in: try await site.category("Allmänt"), by: moa)
            let page = try await site.browser(client).get("/trad/\(thread)")
            #expect(page.status == 200 && page.contains("<h1>\(title)</h1>"))
        }
    }

    @Test func `a page that is not there is not found`() async throws {
        try await ForumSite.visited { site, client async throws in
            let moa = try await site.member("moa")
            let (thread, _) = try await site.thread("Hej hej", in: try await site.category("Allmänt"), by: moa)
            let browser = try await site.browser(client)
            for page in ["0", "999", "abc", "-1", "01", "2", "1e9", "99999999999999999999"] {
                #expect(try await browser.get("/trad/\(thread)/hej-hej?sida=\(page)").status == 404, "\(page)")
                #expect(try await browser.get("/forum/allmant?sida=\(page)").status == 404, "\(page)")
            }
            for path in ["/forum/annat", "/trad/x", "/trad/\(ThreadID.random())", "/inlagg/\(PostID.random())"] {
                #expect(try await browser.get(path).status == 404, "\(path)")
            }
        }
    }

    @Test func `what is written for members is for members`() async throws {
        try await ForumSite.visited { site, client async throws in
            let moa = try await site.member("moa")
            let (thread, post) = try await site.thread(
                "Hemlig rubrik", in: try await site.category("Fika", for: .members), by: moa)
            let visitor = try await site.browser(client)
            for path in ["/forum/fika", "/trad/\(thread)", "/trad/\(thread)/hemlig-rubrik", "/inlagg/\(post)"] {
                let answer = try await visitor.get(path)
                #expect(
                    answer.status == 303 && answer.location == "/logga-in?till=\(percentEncoded(path, keeping: "/"))")
            }
            let page = try await site.browser(client, as: moa).get("/trad/\(thread)/hemlig-rubrik")
            #expect(page.status == 200 && page.contains("noindex"))
        }
    }

    @Test(.clause("P-11.1")) func `visitors see usernames, members also who it is`() async throws {
        try await ForumSite.visited { site, client async throws in
            let moa = try await site.member("moa")
            let nils = try await site.member("snickar-nisse", as: .moderator)
            let (thread, _) = try await site.thread(
                "Hej hej", "Hej @moa", in: try await site.category("Allmänt"), by: nils)
            let path = "/trad/\(thread)/hej-hej"
            let visitor = try await site.browser(client).get(path)
            #expect(visitor.contains("<span class=\"author\">snickar-nisse</span><span class=\"tag\">Moderator</span>"))
            #expect(visitor.contains("<span class=\"mention\">@moa</span>"))
            #expect(!visitor.contains("/medlem/") && !visitor.contains("\(nils)") && !visitor.contains("Citera"))
            #expect(visitor.contains("/logga-in?till=\(path)"))
            let member = try await site.browser(client, as: moa).get(path)
            #expect(member.contains("<a class=\"author\" href=\"/medlem/\(nils)\">snickar-nisse</a>"))
            #expect(member.contains("<a class=\"mention\" href=\"/medlem/\(moa)\">@moa</a>"))
            #expect(member.contains("id=\"svara\""))
        }
    }

    @Test(.clause("P-16.2")) func `a member who has left is a former member everywhere`() async throws {
        try await ForumSite.visited { site, client async throws in
            let moa = try await site.member("moa")
            let nils = try await site.member("snickar-nisse")
            let (thread, post) = try await site.thread(
                "Hej hej", "Kvar", in: try await site.category("Allmänt"), by: nils)
            try await site.reply("[citat \(post)]\n\nHej @snickar-nisse", to: thread, by: moa)
            try await site.eraseIdentity(of: nils)
            for browser in [try await site.browser(client), try await site.browser(client, as: moa)] {
                let page = try await browser.get("/trad/\(thread)/hej-hej")
                #expect(page.contains("<span class=\"author\">Tidigare medlem</span>"))
                #expect(page.contains("Tidigare medlem skrev") && page.contains("<p>Kvar</p>"))
                #expect(page.contains("<span class=\"mention\">Tidigare medlem</span>"))
                #expect(!page.contains("nisse") && !page.contains("\(nils)"))
            }
            #expect(!(try await site.browser(client).get("/forum")).contains("nisse"))
            #expect(!(try await site.browser(client).get("/feed.atom")).contains("nisse"))
        }
    }

    @Test func `what is gone says so, and how`() async throws {
        try await ForumSite.visited { site, client async throws in
            let moa = try await site.member("moa")
            let (thread, _) = try await site.thread("Hej hej", in: try await site.category("Allmänt"), by: moa)
            let deleted = try await site.reply("Först", to: thread, by: moa)
            let removed = try await site.reply("Därnäst", to: thread, by: moa)
            let erased = try await site.reply("Sist", to: thread, by: moa)
            let forum = site.application.forum
            _ = try await forum.delete(deleted, by: Standing(moa), command: site.command())
            _ = try await forum.remove(removed, for: .spam, by: site.administrator, command: site.command())
            try await site.erase(.subjects([Subject(.post, erased)]))
            let page = try await site.browser(client, as: moa).get("/trad/\(thread)/hej-hej")
            #expect(page.contains("id=\"inlagg-\(deleted)\"><p>Inlägget är borttaget</p>"))
            #expect(page.contains("Inlägget togs bort av en moderator: reklam eller skräp"))
            #expect(page.contains("id=\"inlagg-\(erased)\"><p>Inlägget är raderat</p>"))
            for text in ["Först", "Därnäst", "Sist"] { #expect(!page.contains(text)) }
            for post in [deleted, removed] {
                #expect(try await site.browser(client, as: moa).get("/inlagg/\(post)/historik").status == 404)
            }
        }
    }

    @Test(.clause("P-06.3"))
    func `an edited post shows that it was, and how it was to its author and moderators alone`() async throws {
        try await ForumSite.visited { site, client async throws in
            let moa = try await site.member("moa")
            let (thread, post) = try await site.thread(
                "Hej hej", "Första", in: try await site.category("Allmänt"), by: moa)
            site.time.advance(seconds: 600)
            _ = try await site.application.forum.revise(
                post, from: 1, to: site.application.draft("Andra"), by: Standing(moa), command: site.command())
            await site.waitForViews()
            let visitor = try await site.browser(client)
            let page = try await visitor.get("/trad/\(thread)/hej-hej")
            #expect(page.contains("<span>ändrat <time") && page.contains("Andra") && !page.contains("Första"))
            #expect(try await visitor.get("/inlagg/\(post)/historik").status == 303)
            let maj = try await site.member("maj", as: .moderator)
            for reader in [moa, maj] {
                let browser = try await site.browser(client, as: reader)
                #expect(try await browser.get("/trad/\(thread)/hej-hej").contains("/inlagg/\(post)/historik"))
                let history = try await browser.get("/inlagg/\(post)/historik")
                #expect(history.contains("<p>Första</p>") && history.contains("<p>Andra</p>"))
            }
            let other = try await site.browser(client, as: try await site.member("nils"))
            #expect(try await !other.get("/trad/\(thread)/hej-hej").contains("historik"))
            #expect(try await other.get("/inlagg/\(post)/historik").status == 403)
        }
    }

    @Test func `a quote shows its text only to who may read its source`() async throws {
        try await ForumSite.visited { site, client async throws in
            let moa = try await site.member("moa")
            let open = try await site.category("Allmänt")
            let (_, secret) = try await site.thread(
                "Hemlig", "Bara för oss", in: try await site.category("Fika", for: .members), by: moa)
            let (thread, _) = try await site.thread("Hej hej", "[citat \(secret)]\n\nJa", in: open, by: moa)
            let taken = try await site.reply("Ångrar mig", to: thread, by: moa)
            try await site.reply("[citat \(taken)]\n\nNej", to: thread, by: moa)
            let path = "/trad/\(thread)/hej-hej"
            let visitor = try await site.browser(client)
            let before = try await visitor.get(path)
            #expect(before.count(of: "Citatet är borttaget") == 1 && !before.contains("Bara för oss"))
            #expect(before.count(of: "Ångrar mig") == 2 && before.contains("moa skrev"))
            _ = try await site.application.forum.delete(taken, by: Standing(moa), command: site.command())
            await site.waitForViews()
            let after = try await visitor.get(path)
            #expect(after.count(of: "Citatet är borttaget") == 2 && !after.contains("Ångrar mig"))
            let member = try await site.browser(client, as: moa).get(path)
            #expect(member.count(of: "Citatet är borttaget") == 1 && member.contains("Bara för oss"))
        }
    }
}
