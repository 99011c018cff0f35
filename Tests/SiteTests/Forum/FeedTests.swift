import Events
import Forum
import Foundation
import FoundationXML
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite struct `Feeds and maps for programs` {
    @Test(.clause("P-11.1")) func `feeds and the sitemap hold what everybody may read`() async throws {
        try await ForumSite.visited { site, client async throws in
            let moa = try await site.member("moa")
            let (thread, _) = try await site.thread(
                "A & B <c>", "Texten", in: try await site.category("Pengar"), by: moa)
            let (secret, _) = try await site.thread(
                "Hemlig", in: try await site.category("Fika", for: .members), by: moa)
            let browser = try await site.browser(client)
            for path in ["/feed.atom", "/forum/pengar/feed.atom", "/sitemap.xml"] {
                let document = try await browser.get(path)
                #expect(document.status == 200 && document.cookies.isEmpty)
                #expect(XMLParser(data: Data(document.text.utf8)).parse(), "\(path)")
                #expect(document.contains("http://localhost/trad/\(thread)/a-b-c"))
                #expect(!document.contains("Hemlig") && !document.contains("\(secret)") && !document.contains("fika"))
                #expect(!document.contains("\(moa)") && !document.contains("Uppsala"))
            }
            let feed = try await browser.get("/feed.atom")
            #expect(feed.contains("<summary>Texten</summary>"))
            #expect(feed["Content-Type"] == "application/atom+xml; charset=utf-8")
            #expect(feed.contains("<title>A &amp; B &lt;c&gt;</title>") && feed.contains("<name>moa</name>"))
            #expect(try await browser.get("/forum/fika/feed.atom").status == 404)
            #expect(try await site.browser(client, as: moa).get("/forum/fika/feed.atom").status == 404)
            #expect(try await browser.get("/forum/annat/feed.atom").status == 404)
        }
    }

    @Test func `crawlers are told where the map is and what to leave alone`() async throws {
        try await ForumSite.visited { site, client async throws in
            let text = try await site.browser(client).get("/robots.txt")
            #expect(text.contains("Sitemap: http://localhost/sitemap.xml") && text.contains("Disallow: /admin\n"))
        }
    }
}
