import Events
import Forum
import Testing

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite struct `Hostile writing` {
    private static let payloads = [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\"><svg onload=alert(1)>", "'><b id=x>",
        "<a href=\"javascript:alert(1)\">x</a>", "</textarea><script>alert(1)</script>",
        "</title><script>alert(1)</script>",
        "<!--<script>", "<style>*{display:none}</style>", "{{constructor}}", "<iframe src=//x>",
    ]

    @Test(arguments: payloads)
    func `what is typed is shown, never run`(payload: String) async throws {
        try await ForumSite.visited { site, client async throws in
            let moa = try await site.member("moa")
            try await site.category("Allmänt")
            let browser = try await site.browser(client, as: moa)
            _ = try await browser.get("/forum/allmant/ny")
            let fields = ["title": "Abc \(payload)", "text": payload]
            let preview = try await browser.post("/forum/allmant/ny", fields.merging(["action": "preview"]) { $1 })
            let answer = try await browser.post("/forum/allmant/ny", fields)
            let place = answer.path
            var shown = [preview, try await browser.get(place)]
            for path in [
                place, "/forum", "/forum/allmant", "/feed.atom", "/forum/allmant/feed.atom", "/sitemap.xml",
                "/sok?q=abc",
            ] {
                shown.append(try await site.browser(client).get(path))
            }
            for page in shown where payload != "{{constructor}}" {
                #expect(page.status == 200)
                #expect(!page.contains(payload), "\(page.text.prefix(60))")
                #expect(!page.contains("href=\"javascript"))
            }
        }
    }

    @Test func `what is too large or not text is refused before it is read`() async throws {
        try await ForumSite.visited { site, client async throws in
            let moa = try await site.member("moa")
            let (thread, _) = try await site.thread("Hej hej", in: try await site.category("Allmänt"), by: moa)
            let browser = try await site.browser(client, as: moa)
            _ = try await browser.get("/trad/\(thread)/hej-hej")
            let head = site.head
            let path = "/trad/\(thread)/svara"
            let hidden = browser.hiddenFields
            let bodies: [(String, Int)] = [
                ("\(hidden)&text=" + String(repeating: "a", count: 1 << 20), 413),
                ("\(hidden)&text=a%00b", 400), ("\(hidden)&text=%ff%fe", 400), ("\(hidden)&text=%C3%28", 400),
                ("\(hidden)&text=a&text=b", 400), ("\(hidden)&\(hidden)&text=a", 400), ("\(hidden)&text=%zz", 400),
                (hidden + String(repeating: "&x=1", count: 300), 400),
            ]
            for (body, status) in bodies {
                let answer = try await browser.post(path, raw: Array(body.utf8))
                #expect(answer.status == status, "\(body.suffix(20))")
            }
            #expect(try await browser.post(path, raw: Array(hidden.utf8), type: "application/json").status == 415)
            #expect(try await browser.post(path, ["text": "Hej", "action": "explode"]).status == 400)
            let long = try await browser.post(path, ["text": String(repeating: "å", count: 20_001)])
            #expect(long.status == 422 && long.contains("högst"))
            #expect(try site.events(after: head) == [])
            #expect(try await browser.post(path, ["text": String(repeating: "å", count: 20_000)]).status == 303)
        }
    }

    @Test func `an address with tricks in it leads nowhere`() async throws {
        try await ForumSite.visited { site, client async throws in
            let browser = try await site.browser(client)
            for path in [
                "/forum/%3Cscript%3E", "/forum/..%2f", "/trad/%00", "/inlagg/'%20OR%201=1", "/medlem/1",
                "/forum/a?sida=1;x",
            ] {
                let answer = try await browser.get(path)
                #expect([303, 404].contains(answer.status) && !answer.contains("<script>"), "\(path)")
            }
        }
    }
}
