import Events
import Forum
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Projections
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite struct `A page answered from memory` {
    @Test(arguments: [[:], [.acceptEncoding: "gzip"]] as [HTTPFields])
    func `is to the byte what the whole way answers, with the same header`(headers: HTTPFields) async throws {
        try await ForumSite.visited { site, client async throws in
            let (front, path) = (site.front, try await site.path())
            #expect(front.answer(path, headers) == nil)
            let whole = try await client.executeRequest(uri: path, method: .get, headers: headers, body: nil)
            let answer = try #require(front.answer(path, headers))
            #expect(answer.head.status == whole.status && answer.body == whole.body)
            var header = answer.head.headerFields
            #expect(header[.date]?.hasSuffix(" GMT") == true)
            header[.date] = nil
            #expect(header == whole.headers)
            #expect(front.site.answers.counts.first?.count == 2)
        }
    }

    @Test func `is gone when something was written, erased or rebuilt, and after a minute`() async throws {
        try await ForumSite.visited { site, client async throws in
            let moa = try await site.member("moa")
            let (thread, post) = try await site.thread("Hej hej", in: try await site.category("Allmänt"), by: moa)
            let (front, path) = (site.front, "/trad/\(thread)/hej-hej")
            let changes: [() async throws -> Void] = [
                { _ = try await site.reply("Svar", to: thread, by: moa) },
                { try await site.erase(.subjects([Subject(.post, post)])) },
                { _ = try await site.application.views.rebuild() }, { site.time.advance(seconds: 60) },
            ]
            for change in changes {
                _ = try await site.browser(client).get(path)
                #expect(front.answer(path) != nil)
                try await change()
                await site.waitForViews()
                #expect(front.answer(path) == nil)
            }
        }
    }

    @Test(.clause("P-16.3")) func `is out of memory at once when something is erased, before anybody asks again`()
        async throws
    {
        try await ForumSite.visited { site, client async throws in
            let (path, moa) = (try await site.path(), try await site.member("annan-moa"))
            for reader in [nil, moa] {
                for _ in 1...2 { _ = try await site.browser(client, as: reader).get(path) }
            }
            let pages = site.forumPages.visitorPages
            #expect(pages.size > 0 && pages.knows(PageKey.page(1, at: path)))
            try await site.erase(.owner(Owner(MemberID.random())))
            #expect(pages.size > 0)
            try await ErasureWorker(application: site.application, site: site.site).work()
            #expect(pages.size == 0 && !pages.knows(PageKey.page(1, at: path)))
            _ = try await site.browser(client).get(path)
            #expect(pages.size > 0)
            // A page rendered from a state before an erasure is not cached any more, however late it is finished.
            site.site.caches.forget(before: site.head + 1)
            _ = try await site.browser(client).get(path)
            #expect(pages.size == 0)
        }
    }

    @Test func `is a member's only while the member is signed in`() async throws {
        try await ForumSite.visited { site, client async throws in
            let (path, moa) = (try await site.path(), try await site.member("annan-moa"))
            let member = try await site.browser(client, as: moa)
            let cookie: HTTPFields = [.cookie: try #require(member.cookie)]
            _ = try await member.get(path)
            _ = try await site.browser(client).get(path)
            let front = site.front
            let page = try #require(front.answer(path, cookie))
            #expect(String(buffer: page.body).contains("Logga ut"))
            #expect(page.head.headerFields[.cacheControl] == "private, no-store")
            try site.site.sessions.endAll(of: moa)
            let after = try #require(front.answer(path, cookie))
            #expect(!String(buffer: after.body).contains("annan-moa"))
            #expect(!String(buffer: after.body).contains("Logga ut"))
        }
    }

    @Test func `is for nobody who asked too often`() async throws {
        try await ForumSite.visited(limits: [.read: RateLimit(2, per: .hour)]) { site, client async throws in
            let (front, path) = (site.front, try await site.path())
            _ = try await site.browser(client).get(path)
            // Like the router's test client, without a known address.
            #expect(front.answer(path) != nil)
            #expect(front.answer(path) == nil)
            #expect(try await site.browser(client).get(path).status == 429)
        }
    }

    @Test func `is only for reading, and for the spelling that was asked for before`() async throws {
        try await ForumSite.visited { site, client async throws in
            let (front, path) = (site.front, try await site.path())
            _ = try await site.browser(client).get(path)
            #expect(front.answer(path) != nil && front.answer(path + "?sida=1") != nil)
            for other in ["?sida=01", "?sida=2", "?", "?a=b", "/", "#x"] { #expect(front.answer(path + other) == nil) }
            for method in [HTTPRequest.Method.head, .post] { #expect(front.answer(path, method: method) == nil) }
        }
    }

    @Test func `keeps its place among the answers of a connection`() async throws {
        try await ForumSite.visited(over: .live) { site, client async throws in
            let path = try await site.path()
            let browser = try await site.browser(client)
            for _ in 1...3 {
                #expect(try await browser.get(path).contains("Hej hej"))
                #expect(try await browser.get("/finns-inte").status == 404)
                #expect(try await browser.get("/forum").status == 200)
            }
        }
    }
}

extension ForumSite {
    /// A second front with the same page cache as the test client's.
    fileprivate var front: Front {
        var routes = Routes()
        forumPages.add(to: &routes)
        return Front(site: site, routes: routes, isSecure: false)
    }

    /// The path of a thread that everybody may read.
    fileprivate func path() async throws -> String {
        let moa = try await member("moa")
        return "/trad/\(try await thread("Hej hej", in: try await category("Allmänt"), by: moa).thread)/hej-hej"
    }
}

extension Front {
    fileprivate func answer(
        _ path: String, _ headers: HTTPFields = [:], method: HTTPRequest.Method = .get
    ) -> (head: HTTPResponse, body: ByteBuffer)? {
        let request = HTTPRequest(
            method: method, scheme: "http", authority: "localhost", path: path, headerFields: headers)
        return answerFromMemory(request, from: .unknown)
    }
}
