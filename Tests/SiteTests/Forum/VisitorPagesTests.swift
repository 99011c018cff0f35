import Events
import Forum
import HTTPTypes
import Projections
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite struct `Pages cached for visitors` {
    @Test func `a page is cached and no visitor gets a cookie or a form with it`() async throws {
        try await ForumSite.visited { site, client async throws in
            let moa = try await site.member("moa")
            let (thread, _) = try await site.thread("Hej hej", in: try await site.category("Allmänt"), by: moa)
            for path in ["/forum", "/forum/allmant", "/trad/\(thread)/hej-hej"] {
                let size = site.forumPages.visitorPages.size
                let first = try await site.browser(client).get(path)
                #expect(site.forumPages.visitorPages.size > size)
                let kept = site.forumPages.visitorPages.size
                let second = try await site.browser(client).get(path)
                #expect(site.forumPages.visitorPages.size == kept)
                #expect(first.text == second.text && first.cookies.isEmpty && second.cookies.isEmpty)
                #expect(
                    !first.contains("csrf") && first["Vary"] == "Cookie, Accept-Encoding"
                        && second["Cache-Control"] == "no-cache")
            }
        }
    }

    @Test func `a page that would fill a quarter of the members' memory is not kept, and drives out no other`()
        async throws
    {
        struct PlainPage: HTMLPage {
            let words: String
            let title = "Sida"
            let variesFor: Set<MemberID>? = []

            func write(into html: inout HTMLWriter) { html.p(words) }
        }
        try await ForumSite.visited { site, _ async throws in
            let moa = SignedInMember(id: try await site.member("moa"), username: "moa")
            let context = SiteContext(member: moa, of: site.site, at: site.time.now)
            let pages = SharedPages(capacity: 64 * 1024)
            let version = CacheKey(of: site.application.views, at: site.time.now)
            for (path, words) in [("/kort", "Hej"), ("/lang", String(repeating: "Hej ", count: 5000))] {
                _ = try pages.answer(.page(1, at: path), context, at: version) { .page(PlainPage(words: words)) }
            }
            #expect(pages.knows(.page(1, at: "/kort")) && !pages.knows(.page(1, at: "/lang")))
        }
    }

    @Test func `a visitor never gets a member's page, nor a member a visitor's`() async throws {
        try await ForumSite.visited { site, client async throws in
            let moa = try await site.member("moa")
            let (thread, _) = try await site.thread("Hej hej", in: try await site.category("Allmänt"), by: moa)
            try await site.category("Fika", for: .members)
            let (visitor, member) = (try await site.browser(client), try await site.browser(client, as: moa))
            for path in ["/forum", "/forum/allmant", "/trad/\(thread)/hej-hej"] {
                for _ in 1...2 {
                    let members = try await member.get(path)
                    #expect(members.contains("Logga ut") && members["Cache-Control"] == "private, no-store")
                    let visitors = try await visitor.get(path)
                    #expect(
                        !visitors.contains("Logga ut") && !visitors.contains("\(moa)") && !visitors.contains("Fika"))
                }
            }
        }
    }

    @Test func `what was written is on the next page that is shown`() async throws {
        try await ForumSite.visited { site, client async throws in
            let moa = try await site.member("moa")
            let (thread, post) = try await site.thread(
                "Hej hej", "Först", in: try await site.category("Allmänt"), by: moa)
            let (visitor, member) = (try await site.browser(client), try await site.browser(client, as: moa))
            let path = "/trad/\(thread)/hej-hej"
            #expect(try await visitor.get(path).contains("Först"))
            for number in 1...5 {
                _ = try await member.get(path)
                #expect(try await member.post("/trad/\(thread)/svara", ["text": "Svar nummer \(number)"]).status == 303)
                #expect(try await visitor.get(path).contains("Svar nummer \(number)"))
                #expect(try await visitor.get("/forum/allmant").contains("<b>\(number)</b> svar"))
            }
            try await site.erase(.subjects([Subject(.post, post)]))
            #expect(!(try await visitor.get(path)).contains("Först"))
        }
    }

    @Test func `times on a cached page grow with the clock`() async throws {
        try await ForumSite.visited { site, client async throws in
            let moa = try await site.member("moa")
            try await site.thread("Hej hej", in: try await site.category("Allmänt"), by: moa)
            let visitor = try await site.browser(client)
            #expect(try await visitor.get("/forum/allmant").contains("nyss"))
            site.time.advance(seconds: 300)
            #expect(try await visitor.get("/forum/allmant").contains("för fem minuter sedan"))
        }
    }

    @Test func `a rebuilding of the views is a new moment`() async throws {
        try await ForumSite.visited { site, client async throws in
            await site.waitForViews()
            let before = site.application.views.version
            _ = try await site.application.views.rebuild()
            #expect(site.application.views.version != before)
            #expect(site.application.views.version.position == before.position)
        }
    }
}
