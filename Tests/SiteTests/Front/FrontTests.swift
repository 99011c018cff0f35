import Events
import HTTPTypes
import HummingbirdTesting
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite struct `Answering requests` {
    @Test(.clause("P-03.1")) func `a page has one heading, its language, a skip link and who is responsible`()
        async throws
    {
        try await browsing(KitSite()) { browser async throws in
            let page = try await browser.get("/")
            #expect(page.status == 200)
            #expect(page["Content-Type"] == "text/html; charset=utf-8")
            #expect(page.text.hasPrefix("<!doctype html>\n<html lang=\"sv\">"))
            #expect(page.text.ranges(of: "<h1>").count == 1)
            #expect(page.text.contains("<title>Start – Mikroföretag</title>"))
            #expect(page.text.contains("href=\"#main\""))
            #expect(page.text.contains("Exempelbolaget Handelsbod"))
            #expect(!page.text.contains("style=") && !page.text.contains("<script>"))
        }
    }

    @Test(arguments: [
        ("GET", "/finns-inte", 404), ("GET", "/forum//x", 404), ("GET", "/forum/%2e%2e/x", 404), ("GET", "/a%00", 404),
        ("GET", "/" + String(repeating: "a", count: 3000), 404), ("GET", "/trad/kort/x", 404),
        ("GET", "/sok?q=%ff", 400), ("GET", "/sok?q=1&q=2", 400), ("POST", "/forum/skatt", 405),
        ("GET", "/logga-ut", 405),
        ("PUT", "/", 405), ("DELETE", "/", 405), ("OPTIONS", "/", 405), ("TRACE", "/", 405),
        ("GET", "/admin/statistik", 500),
        ("POST", "/kontakt", 415), ("GET", "/tillgang/site.css", 404),
    ])
    func `every failure is a finished Swedish page`(method: String, path: String, status: Int) async throws {
        try await browsing(KitSite()) { browser async throws in
            let method = try #require(HTTPRequest.Method(method))
            let page = try await browser.request(method, path)
            #expect(page.status == status)
            #expect(page["Content-Type"] == "text/html; charset=utf-8")
            #expect(page.text.contains("<h1>") && page.text.contains("</html>"))
            #expect(page["Content-Security-Policy"]?.hasPrefix("default-src 'none'") == true)
            #expect(!page.contains("1212") && !page.text.contains("Broken"))
        }
    }

    @Test func `what a page cannot do is said with what it can`() async throws {
        try await browsing(KitSite()) { browser async throws in
            let readOnly = try await browser.request(.post, "/forum/skatt")
            #expect(readOnly["Allow"] == "GET, HEAD")
            let writeOnly = try await browser.get("/logga-ut")
            #expect(writeOnly["Allow"] == "POST")
        }
    }

    @Test func `a slash at the end leads to the address without`() async throws {
        try await browsing(KitSite()) { browser async throws in
            let answer = try await browser.get("/forum/skatt/?sida=2")
            #expect(answer.status == 301)
            #expect(answer.location == "/forum/skatt?sida=2")
            #expect(try await browser.get("//evil.example/").status == 404)
        }
    }

    @Test func `HEAD is GET without the body`() async throws {
        try await browsing(KitSite()) { browser async throws in
            let page = try await browser.get("/")
            let head = try await browser.request(.head, "/")
            #expect(head.status == 200 && head.text.isEmpty)
            #expect(head["Content-Length"] == page["Content-Length"])
            let missing = try await browser.request(.head, "/finns-inte")
            #expect(missing.status == 404 && missing.text.isEmpty)
        }
    }

    @Test func `fixed words in a path come before places in it`() async throws {
        try await browsing(KitSite()) { browser async throws in
            let changes = try await browser.get("/integritetspolicy/andringar")
            #expect(changes.text == "changes")
            let version = try await browser.get("/integritetspolicy/2019-08-18")
            #expect(version.text == "version")
            let category = try await browser.get("/forum/sk%C3%A5p")
            #expect(category.text == "skåp")
        }
    }

    @Test func `every answer tells the browser what to refuse`() async throws {
        try await browsing(KitSite()) { browser async throws in
            for path in ["/", "/finns-inte", "/healthz", "/admin/statistik", "/medlemmar", "/logga-in"] {
                let answer = try await browser.get(path)
                #expect(answer["Content-Security-Policy"]?.contains("frame-ancestors 'none'") == true)
                #expect(answer["Content-Security-Policy"]?.contains("unsafe") == false)
                #expect(answer["X-Content-Type-Options"] == "nosniff")
                #expect(answer["Referrer-Policy"] == "same-origin")
                #expect(answer["Cross-Origin-Opener-Policy"] == "same-origin")
                #expect(answer["Permissions-Policy"]?.contains("geolocation=()") == true)
                #expect(answer["Strict-Transport-Security"] == nil)
                #expect(answer["Cache-Control"] != nil)
            }
        }
    }

    @Test func `a page whose address is a secret is kept from caches, referrers and search engines`() async throws {
        try await browsing(KitSite()) { browser async throws in
            let page = try await browser.get("/kvitto/hemligt")
            #expect(page["Referrer-Policy"] == "no-referrer")
            #expect(page["Cache-Control"] == "private, no-store")
            #expect(page["X-Robots-Tag"] == "noindex, nofollow")
        }
    }

    @Test func `pages of members are kept from caches`() async throws {
        try await browsing(KitSite()) { browser async throws in
            let forAnybody = try await browser.get("/")
            #expect(forAnybody["Cache-Control"] == "no-cache")
            try await browser.signIn(KitSite.karin)
            let page = try await browser.get("/")
            #expect(page["Cache-Control"] == "private, no-store")
            #expect(page.text.contains("kakel_karin"))
        }
    }

    @Test func `a page for members leads to signing in and back; one for staff to nobody else`() async throws {
        try await browsing(KitSite()) { browser async throws in
            let answer = try await browser.get("/medlemmar?sida=2")
            #expect(answer.status == 303)
            #expect(answer.location == "/logga-in?till=/medlemmar%3Fsida%3D2")
            try await browser.signIn(KitSite.karin)
            #expect(try await browser.get("/medlemmar").status == 200)
            #expect(try await browser.get("/admin/ko").status == 403)
            try await browser.signIn(KitSite.eva)
            #expect(try await browser.get("/admin/ko").status == 200)
        }
    }

    @Test func `a form that is too large is refused before it is read`() async throws {
        try await browsing(KitSite()) { browser async throws in
            _ = try await browser.get("/kontakt")
            let text = Array((browser.hiddenFields + "&namn=x&text=").utf8)
            let fits = text + Array(repeating: UInt8(ascii: "a"), count: FormLimit.standard - text.count)
            #expect(try await browser.post("/kontakt", raw: fits).status == 200)
            let page = try await browser.post("/kontakt", raw: fits + [UInt8(ascii: "a")])
            #expect(page.status == 413)
            #expect(page.text.contains("262\u{A0}kB"))
        }
    }

    @Test(arguments: [
        "multipart/form-data; boundary=x", "text/plain", "application/json",
        "application/x-www-form-urlencoded; charset=iso-8859-1", "",
    ])
    func `a form in another format is refused`(type: String) async throws {
        try await browsing(KitSite()) { browser async throws in
            let answer = try await browser.post("/kontakt", raw: Array("a=1".utf8), type: type)
            #expect(answer.status == 415)
        }
    }

    @Test(arguments: ["namn=%ff", "namn=%00", "namn=%", "namn=a&namn=b"])
    func `a malformed form is refused with a page`(fields: String) async throws {
        try await browsing(KitSite()) { browser async throws in
            _ = try await browser.get("/kontakt")
            let answer = try await browser.post("/kontakt", raw: Array("\(browser.hiddenFields)&\(fields)".utf8))
            #expect(answer.status == 400)
            #expect(answer.text.contains("<h1>Något i begäran stämde inte</h1>"))
        }
    }

    @Test func `a form with a mistake is shown again with what was typed`() async throws {
        try await browsing(KitSite()) { browser async throws in
            _ = try await browser.get("/kontakt")
            let page = try await browser.post("/kontakt", ["namn": " ", "text": "<Hej>"])
            #expect(page.status == 422)
            #expect(page.text.contains("<title>Fel: Kontakt – Mikroföretag</title>"))
            #expect(page.text.contains("&lt;Hej&gt;</textarea>"))
            #expect(try await browser.post("/kontakt", ["namn": "Åsa", "text": "a\r\nb"]).text == "Åsa|a\nb|")
        }
    }

    @Test func `stylesheet and script are kept for ever under the name of their content`() async throws {
        let kit = try KitSite()
        try await browsing(kit) { browser async throws in
            for page in [kit.site.assets.styleSheet, kit.site.assets.script] {
                let asset = try await browser.get(page.url)
                #expect(asset.status == 200 && !asset.text.isEmpty)
                #expect(asset["Cache-Control"] == "public, max-age=31536000, immutable")
                let tag = try #require(asset["ETag"])
                let again = try await browser.get(page.url, headers: [.ifNoneMatch: tag])
                #expect(again.status == 304 && again.text.isEmpty)
            }
        }
        #expect(Embedded.siteCss.utf8CodeUnitCount < 17_500)
        #expect(Embedded.siteJs.utf8CodeUnitCount < 6144)
    }

    @Test func `a real connection is served, kept open, and finished when the site stops`() async throws {
        try await KitSite().server.application.test(.live) { client in
            let browser = Browser(client)
            let health = try await browser.get("/healthz")
            #expect(health.text == "ok\n")
            let missing = try await browser.get("/finns-inte")
            #expect(missing.status == 404)
            let head = try await browser.request(.head, "/")
            #expect(head.text.isEmpty)
            let page = try await browser.get("/")
            #expect(page.status == 200)
            _ = try await browser.get("/kontakt")
            for name in ["Åsa", "Örjan"] {
                let answer = try await browser.post("/kontakt", ["namn": name])
                #expect(answer.text == "\(name)||")
            }
            let large = Array(repeating: UInt8(ascii: "a"), count: 2 * FormLimit.standard)
            let refused = try await browser.post("/kontakt", raw: large)
            #expect(refused.status == 413)
        }
    }
}
