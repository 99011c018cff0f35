import Accounts
import Events
import Forum
import HTTPTypes
import Testing

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite struct `Who may do what in the forum` {
    private struct Given {
        let open: ThreadID
        let post: PostID
        let pages: [String]
        let forms: [(path: String, fields: [String: String])]

        init(_ site: ForumSite) async throws {
            let author = try await site.member("moa")
            let category = try await site.category("Allmänt")
            (open, post) = try await site.thread("Hej hej", in: category, by: author)
            pages = [
                "/forum/allmant/ny", "/trad/\(open)/svara", "/inlagg/\(post)/andra", "/inlagg/\(post)/radera",
                "/inlagg/\(post)/historik",
            ]
            forms = [
                ("/forum/allmant/ny", ["title": "Rubrik", "text": "Text"]), ("/trad/\(open)/svara", ["text": "Text"]),
                ("/inlagg/\(post)/andra", ["text": "Text", "base": "1"]), ("/inlagg/\(post)/radera", [:]),
                ("/forhandsgranska", ["text": "Text"]),
            ]
        }
    }

    @Test func `a visitor is sent to sign in and changes nothing`() async throws {
        try await ForumSite.visited { site, client async throws in
            let given = try await Given(site)
            let head = site.head
            let visitor = try await site.browser(client)
            for path in given.pages { #expect(try await visitor.get(path).status == 303, "\(path)") }
            _ = try await visitor.get("/logga-in")
            for form in given.forms {
                #expect(try await visitor.post(form.path, form.fields).status == 401, "\(form.path)")
            }
            #expect(try site.events(after: head) == [])
        }
    }

    @Test func `nobody changes another's post, not even a moderator`() async throws {
        try await ForumSite.visited { site, client async throws in
            let given = try await Given(site)
            for (name, role) in [("nils", nil), ("maj", .moderator)] as [(String, Role?)] {
                let browser = try await site.browser(client, as: try await site.member(name, as: role))
                _ = try await browser.get("/trad/\(given.open)/hej-hej")
                let head = site.head
                for page in ["andra", "radera"] {
                    #expect(try await browser.get("/inlagg/\(given.post)/\(page)").status == 403)
                    let answer = try await browser.post("/inlagg/\(given.post)/\(page)", ["text": "Mitt", "base": "1"])
                    #expect(answer.status == 403)
                }
                #expect(try site.events(after: head) == [])
            }
        }
    }

    @Test func `a form without the right token changes nothing`() async throws {
        try await ForumSite.visited { site, client async throws in
            let given = try await Given(site)
            let nils = try await site.browser(client, as: try await site.member("nils"))
            let head = site.head
            for csrf in ["", "x", String(repeating: "A", count: 43)] {
                for form in given.forms {
                    let answer = try await nils.post(form.path, form.fields.merging(["csrf": csrf]) { $1 })
                    #expect(answer.status == 403, "\(form.path)")
                }
            }
            let foreign = try await nils.post(
                "/trad/\(given.open)/svara", ["text": "Text"], headers: [.origin: "https://evil.example"])
            #expect(foreign.status == 403)
            #expect(try site.events(after: head) == [])
        }
    }

    @Test func `a form without a command is refused`() async throws {
        try await ForumSite.visited { site, client async throws in
            let given = try await Given(site)
            let nils = try await site.browser(client, as: try await site.member("nils"))
            _ = try await nils.get("/trad/\(given.open)/hej-hej")
            let answer = try await nils.post("/trad/\(given.open)/svara", ["text": "Text", "command": "x"])
            #expect(answer.status == 400)
        }
    }

    @Test func `only moderators write in a closed category`() async throws {
        try await ForumSite.visited { site, client async throws in
            let given = try await Given(site)
            let category = try #require(try site.application.forum.thread(given.open).facts?.category)
            _ = try await site.application.forum.closeCategory(
                category, by: site.administrator, command: site.command())
            await site.waitForViews()
            let nils = try await site.browser(client, as: try await site.member("nils"))
            #expect(try await nils.get("/forum/allmant/ny").status == 409)
            let page = try await nils.get("/trad/\(given.open)/hej-hej")
            #expect(page.contains("Kategorin är stängd") && !page.contains("id=\"svara\""))
            let answer = try await nils.post("/forum/allmant/ny", ["title": "Rubrik", "text": "Min text"])
            #expect(answer.status == 422 && answer.contains("Min text"))
            let maj = try await site.browser(client, as: try await site.member("maj", as: .moderator))
            _ = try await maj.get("/forum/allmant/ny")
            #expect(try await maj.post("/forum/allmant/ny", ["title": "Rubrik", "text": "Text"]).status == 303)
        }
    }
}
