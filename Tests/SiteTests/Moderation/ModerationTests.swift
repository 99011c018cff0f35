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

@Suite struct `Moderating the forum` {
    @Test func `only moderators moderate and only administrators arrange categories`() async throws {
        try await ForumSite.visited { site, client async throws in
            let moa = try await site.member("moa")
            let maj = try await site.member("maj", as: .moderator)
            let category = try await site.category("Allmänt")
            let (thread, post) = try await site.thread("Hej hej", in: category, by: moa)
            let moderation = ["/trad/\(thread)/moderera", "/inlagg/\(post)/ta-bort"]
            let administration = ["/admin/kategorier", "/admin/kategori/\(category)"]
            let head = site.head
            for (member, paths) in [
                (nil, moderation + administration), (moa, moderation + administration), (maj, administration),
            ]
                as [(MemberID?, [String])]
            {
                let browser = try await site.browser(client, as: member)
                _ = try await browser.get(member == nil ? "/logga-in" : "/trad/\(thread)/hej-hej")
                for path in paths {
                    #expect(try await browser.get(path).status == (member == nil ? 303 : 403), "\(path)")
                    for action in ["close", "create", "up", "describe"] {
                        let fields = [
                            "action": action, "reason": "spam", "category": "\(category)", "name": "Nytt namn",
                        ]
                        #expect(try await browser.post(path, fields).status == (member == nil ? 401 : 403))
                    }
                }
                guard member != maj else { continue }
                #expect(try await browser.post("/inlagg/\(post)/aterstall", [:]).status == (member == nil ? 401 : 403))
            }
            #expect(try site.events(after: head) == [])
        }
    }

    @Test func `a moderator locks, pins, moves and retitles a thread`() async throws {
        try await ForumSite.visited { site, client async throws in
            let moa = try await site.member("moa")
            let maj = try await site.member("maj", as: .moderator)
            let open = try await site.category("Allmänt")
            let closed = try await site.category("Fika", for: .members)
            let (thread, _) = try await site.thread("Hej hej", in: open, by: moa)
            let browser = try await site.browser(client, as: maj)
            let path = "/trad/\(thread)/moderera"
            func act(_ fields: [String: String]) async throws -> [String] {
                _ = try await browser.get(path)
                let head = site.head
                #expect(try await browser.post(path, fields).status == 303)
                return try site.events(after: head)
            }
            #expect(try await act(["action": "close"]) == ["forum.thread-closed"])
            #expect(try await browser.get("/trad/\(thread)/hej-hej").contains("Låst"))
            #expect(try await act(["action": "reopen"]) == ["forum.thread-reopened"])
            #expect(try await act(["action": "pin"]) == ["forum.thread-pinned"])
            #expect(try await act(["action": "unpin"]) == ["forum.thread-unpinned"])
            #expect(try await act(["action": "retitle", "title": "Bättre rubrik"]) == ["forum.thread-retitled"])
            #expect(try await act(["action": "move", "category": "\(closed)"]) == ["forum.thread-moved"])
            #expect(try await site.browser(client).get("/trad/\(thread)/battre-rubrik").status == 303)
            _ = try await browser.get(path)
            let back = try await browser.post(path, ["action": "move", "category": "\(open)"])
            #expect(back.status == 409 && back.contains("skrevs bara för medlemmar"))
            #expect(try await browser.post(path, ["action": "move", "category": ""]).status == 422)
            #expect(try await browser.post(path, ["action": "retitle", "title": "x"]).status == 422)
            #expect(try await browser.post(path, ["action": "explode"]).status == 400)
        }
    }

    @Test func `a removed post says why and can be reinstated`() async throws {
        try await ForumSite.visited { site, client async throws in
            let moa = try await site.member("moa")
            let maj = try await site.member("maj", as: .moderator)
            let (thread, post) = try await site.thread(
                "Hej hej", "Köp nu", in: try await site.category("Allmänt"), by: moa)
            let browser = try await site.browser(client, as: maj)
            _ = try await browser.get("/inlagg/\(post)/ta-bort")
            #expect(try await browser.post("/inlagg/\(post)/ta-bort", [:]).status == 422)
            #expect(try await browser.post("/inlagg/\(post)/ta-bort", ["reason": "spam"]).status == 422)
            let removal = ["reason": "spam", "handelse": "Samma annons i tio trådar"]
            #expect(try await browser.post("/inlagg/\(post)/ta-bort", removal).status == 303)
            let visitor = try await site.browser(client)
            let gone = try await visitor.get("/trad/\(thread)/hej-hej")
            #expect(gone.contains("reklam eller skräp") && !gone.contains("Köp nu") && !gone.contains("Återställ"))
            #expect(try await browser.get("/trad/\(thread)/hej-hej").contains("Återställ inlägget"))
            #expect(try await browser.post("/inlagg/\(post)/aterstall", ["command": "\(site.command())"]).status == 303)
            #expect(try await visitor.get("/trad/\(thread)/hej-hej").contains("Köp nu"))
        }
    }

    @Test func `an administrator makes, arranges, describes and closes categories`() async throws {
        try await ForumSite.visited { site, client async throws in
            let browser = try await site.browser(client, as: try await site.member("astrid", as: .administrator))
            _ = try await browser.get("/admin/kategorier")
            let wrong = try await browser.post("/admin/kategorier", ["action": "create", "name": "x", "slug": "A b"])
            #expect(wrong.status == 422 && wrong.contains("slug-error") && wrong.contains("audience-error"))
            for name in ["Pengar", "Fika"] {
                _ = try await browser.get("/admin/kategorier")
                let made = try await browser.post(
                    "/admin/kategorier", ["action": "create", "name": name, "audience": "public"])
                #expect(made.status == 303)
            }
            _ = try await browser.get("/admin/kategorier")
            let taken = try await browser.post(
                "/admin/kategorier", ["action": "create", "name": "Annan", "slug": "fika", "audience": "public"])
            #expect(taken.status == 422 && taken.contains("redan den adressen"))
            let categories = try site.application.forum.categories()
            #expect(categories.map { $0.text.value?.name } == ["Pengar", "Fika"])
            _ = try await browser.get("/admin/kategorier")
            _ = try await browser.post("/admin/kategorier", ["action": "up", "category": "\(categories[1].id)"])
            #expect(try site.application.forum.categories().map { $0.text.value?.name } == ["Fika", "Pengar"])
            let path = "/admin/kategori/\(categories[0].id)"
            #expect(try await browser.get(path).contains("value=\"Pengar\""))
            let described = try await browser.post(
                path, ["action": "describe", "name": "Skatt", "slug": "skatt", "description": "Moms & mer"])
            #expect(described.status == 303)
            _ = try await browser.get(path)
            #expect(try await browser.post(path, ["action": "close"]).status == 303)
            let forum = try await site.browser(client).get("/forum")
            #expect(forum.contains("/forum/skatt") && forum.contains("Moms &amp; mer") && forum.contains("Stängd"))
        }
    }
}
