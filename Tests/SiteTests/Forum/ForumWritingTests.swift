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

@Suite struct `Writing in the forum` {
    @Test func `a member opens a thread and comes to it`() async throws {
        try await ForumSite.visited { site, client async throws in
            let moa = try await site.member("moa")
            try await site.category("Pengar")
            let browser = try await site.browser(client, as: moa)
            #expect(try await browser.get("/forum/pengar/ny").status == 200)
            let head = site.head
            let answer = try await browser.post(
                "/forum/pengar/ny", ["title": "Byta bank?", "text": "Hej **alla**", "action": "send"])
            #expect(answer.status == 303)
            #expect(try site.events(after: head) == ["forum.thread-opened", "forum.post-published"])
            let page = try await browser.get(answer.path)
            #expect(page.contains("<h1>Byta bank?</h1>") && page.contains("<strong>alla</strong>"))
        }
    }

    @Test func `a form with mistakes comes back with what was typed`() async throws {
        try await ForumSite.visited { site, client async throws in
            let moa = try await site.member("moa")
            try await site.category("Pengar")
            let browser = try await site.browser(client, as: moa)
            _ = try await browser.get("/forum/pengar/ny")
            let head = site.head
            let short = try await browser.post("/forum/pengar/ny", ["title": "ab", "text": "Min <långa> text"])
            #expect(short.status == 422 && short.contains("<title>Fel: "))
            #expect(short.contains("id=\"title-error\"") && short.contains("value=\"ab\""))
            #expect(short.contains("Min &lt;långa&gt; text</textarea>"))
            let empty = try await browser.post("/forum/pengar/ny", ["title": "Byta bank", "text": " "])
            #expect(empty.status == 422 && empty.contains("id=\"text-error\""))
            let huge = try await browser.post(
                "/forum/pengar/ny", ["title": String(repeating: "a", count: 5000), "text": "Hej"])
            #expect(huge.status == 422 && huge.contains("högst 120 tecken"))
            #expect(try site.events(after: head) == [])
        }
    }

    @Test func `sending a reply twice writes it once and leads to the same place`() async throws {
        try await ForumSite.visited { site, client async throws in
            let moa = try await site.member("moa")
            let (thread, _) = try await site.thread("Hej hej", in: try await site.category("Allmänt"), by: moa)
            let browser = try await site.browser(client, as: moa)
            _ = try await browser.get("/trad/\(thread)/hej-hej")
            let head = site.head
            let first = try await browser.post("/trad/\(thread)/svara", ["text": "Ett svar"])
            let second = try await browser.post("/trad/\(thread)/svara", ["text": "Ett svar"])
            #expect(first.status == 303 && first.location == second.location)
            #expect(first.location?.contains("#inlagg-") == true)
            #expect(try site.events(after: head) == ["forum.post-published"])
        }
    }

    @Test func `nobody can use another's command`() async throws {
        try await ForumSite.visited { site, client async throws in
            let (moa, nils) = (try await site.member("moa"), try await site.member("nils"))
            let (thread, _) = try await site.thread("Hej hej", in: try await site.category("Allmänt"), by: moa)
            let command = site.command().description
            for (member, status) in [(moa, 303), (nils, 403)] {
                let browser = try await site.browser(client, as: member)
                _ = try await browser.get("/trad/\(thread)/hej-hej")
                let answer = try await browser.post("/trad/\(thread)/svara", ["text": "Svar", "command": command])
                #expect(answer.status == status)
            }
        }
    }

    @Test func `a preview shows the text and keeps the form, and writes nothing`() async throws {
        try await ForumSite.visited { site, client async throws in
            let moa = try await site.member("moa")
            let (thread, post) = try await site.thread("Hej hej", in: try await site.category("Allmänt"), by: moa)
            let browser = try await site.browser(client, as: moa)
            _ = try await browser.get("/trad/\(thread)/hej-hej")
            let head = site.head
            let text = "[citat \(post)]\n\n*Hej* @moa"
            let answer = try await browser.post("/trad/\(thread)/svara", ["text": text, "action": "preview"])
            #expect(answer.status == 200 && answer.contains("<em>Hej</em>") && answer.contains("moa skrev"))
            #expect(answer.contains("*Hej* @moa</textarea>") && answer.contains("action=\"/trad/\(thread)/svara\""))
            let page = try await browser.post("/forhandsgranska", ["text": text])
            #expect(
                page.contains("<em>Hej</em>") && page.contains("<!doctype html>") && page.contains("@moa</textarea>"))
            let fragment = try await browser.post("/forhandsgranska", ["text": "*Hej*", "command": ""])
            #expect(fragment.text == "<p><em>Hej</em></p>\n")
            #expect(try site.events(after: head) == [])
        }
    }

    @Test func `a reply begins with the quote that was asked for`() async throws {
        try await ForumSite.visited { site, client async throws in
            let moa = try await site.member("moa")
            let (thread, post) = try await site.thread(
                "Hej hej", "Första", in: try await site.category("Allmänt"), by: moa)
            let browser = try await site.browser(client, as: moa)
            let quoting = try await browser.get("/trad/\(thread)/svara?citat=\(post)")
            #expect(quoting.contains("[citat \(post) r1 0-7]") && quoting.contains("där visas citatet"))
            #expect(!(try await browser.get("/trad/\(thread)/svara")).contains("där visas citatet"))
            #expect(try await browser.get("/trad/\(thread)/svara?citat=x").status == 404)
            let other = try await browser.get("/trad/\(thread)/svara?citat=\(PostID.random())")
            #expect(other.status == 200 && other.contains("så det går inte att citera"))
        }
    }

    @Test func `a locked thread takes no reply and keeps what was typed`() async throws {
        try await ForumSite.visited { site, client async throws in
            let (moa, mod) = (try await site.member("moa"), try await site.member("maj", as: .moderator))
            let (thread, post) = try await site.thread("Hej hej", in: try await site.category("Allmänt"), by: moa)
            let browser = try await site.browser(client, as: moa)
            _ = try await browser.get("/trad/\(thread)/hej-hej")
            _ = try await site.application.forum.closeThread(thread, by: site.administrator, command: site.command())
            await site.waitForViews()
            let answer = try await browser.post("/trad/\(thread)/svara", ["text": "Mitt långa svar"])
            #expect(answer.status == 422 && answer.contains("Tråden är låst") && answer.contains("Mitt långa svar"))
            _ = try await browser.get("/inlagg/\(post)/andra")
            #expect(try await browser.post("/inlagg/\(post)/andra", ["text": "Nytt", "base": "1"]).status == 422)
            let page = try await browser.get("/trad/\(thread)/hej-hej")
            #expect(page.contains("Tråden är låst") && !page.contains("id=\"svara\""))
            let moderator = try await site.browser(client, as: mod)
            #expect(try await moderator.get("/trad/\(thread)/hej-hej").contains("id=\"svara\""))
            #expect(try await moderator.post("/trad/\(thread)/svara", ["text": "Punkt"]).status == 303)
        }
    }

    @Test func `an author changes a post, one window after the other`() async throws {
        try await ForumSite.visited { site, client async throws in
            let moa = try await site.member("moa")
            let (thread, post) = try await site.thread(
                "Hej hej", "Hej @moa", in: try await site.category("Allmänt"), by: moa)
            let browser = try await site.browser(client, as: moa)
            let form = try await browser.get("/inlagg/\(post)/andra")
            #expect(form.contains("Hej @moa</textarea>") && form.contains("name=\"base\" value=\"1\""))
            let answer = try await browser.post("/inlagg/\(post)/andra", ["text": "Ändrad", "base": "1"])
            #expect(answer.status == 303 && answer.location == "/trad/\(thread)/hej-hej#inlagg-\(post)")
            _ = try await browser.get("/inlagg/\(post)/andra")
            let late = try await browser.post("/inlagg/\(post)/andra", ["text": "För sent", "base": "1"])
            #expect(late.status == 422 && late.contains("För sent</textarea>") && late.contains("value=\"2\""))
            #expect(try await browser.get("/trad/\(thread)/hej-hej").contains("<p>Ändrad</p>"))
        }
    }

    @Test func `an author takes a post back, after being asked`() async throws {
        try await ForumSite.visited { site, client async throws in
            let moa = try await site.member("moa")
            let (thread, _) = try await site.thread("Hej hej", in: try await site.category("Allmänt"), by: moa)
            let post = try await site.reply("Ångrar mig", to: thread, by: moa)
            let browser = try await site.browser(client, as: moa)
            let head = site.head
            #expect(try await browser.get("/inlagg/\(post)/radera").contains("Vill du ta bort inlägget?"))
            #expect(try await browser.post("/inlagg/\(post)/radera", [:]).status == 303)
            #expect(try site.events(after: head) == ["forum.post-deleted"])
            #expect(!(try await browser.get("/trad/\(thread)/hej-hej")).contains("Ångrar mig"))
        }
    }
}
