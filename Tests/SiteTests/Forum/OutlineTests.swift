import Events
import Forum
import Foundation
import HTTPTypes
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

/// What search engines, previews and feed readers are told.
@Suite(.clause("P-11.1")) struct `What programs read of a page` {
    private func data(in page: Browser.Answer) throws -> [String: Any]? {
        let start = "<script type=\"application/ld+json\">"
        guard let range = page.text.firstRange(of: start) else { return nil }
        let json = page.text[range.upperBound...].prefix { $0 != "<" }
        return try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
    }

    @Test func `is a public thread's address, feed and opening post, to visitors only`() async throws {
        try await ForumSite.visited { site, client async throws in
            let (moa, nils) = (try await site.member("moa", in: "0380"), try await site.member("nils"))
            let (thread, _) = try await site.thread(
                "Pris & </script>", "Hej **alla**!\n\n</script><b> kostar \"tio\"",
                in: try await site.category("Pengar"),
                by: moa)
            _ = try await site.reply("Elva", to: thread, by: nils)
            let path = try await site.browser(client).get("/trad/\(thread)").path
            let page = try await site.browser(client).get(path)
            let url = "http://localhost\(path)"
            #expect(page.contains("<link rel=\"canonical\" href=\"\(url)\">"))
            #expect(page.contains("<meta property=\"og:url\" content=\"\(url)\">"))
            #expect(page.contains("<meta property=\"og:title\" content=\"Pris &amp; &lt;/script&gt;\">"))
            #expect(page.contains("content=\"En tråd i kategorin Pengar, med ett svar.\""))
            let feed = "<link rel=\"alternate\" type=\"application/atom+xml\" title=\"Pengar – Mikroföretag\""
            #expect(page.contains(feed + " href=\"/forum/pengar/feed.atom\">"))
            let described = try #require(try data(in: page))
            #expect(described["@type"] as? String == "DiscussionForumPosting" && described["url"] as? String == url)
            #expect(described["headline"] as? String == "Pris & </script>")
            #expect((described["text"] as? String)?.hasPrefix("Hej alla!") == true)
            #expect((described["author"] as? [String: String]) == ["@type": "Person", "name": "moa"])
            // The head names no member and no place.
            let head = page.text[..<(try #require(page.text.firstRange(of: "</head>")).lowerBound)]
            for word in ["Uppsala", "moa", "nils", "\(moa)"] { #expect(!head.contains(word)) }
            let member = try await site.browser(client, as: nils).get(path)
            #expect(try data(in: member) == nil)
            #expect(!member.contains("canonical") && !member.contains("og:") && member.contains(feed))
        }
    }

    @Test(.clause("P-16.2")) func `never holds what is hidden, for members only, deleted or erased`() async throws {
        try await ForumSite.visited { site, client async throws in
            let moa = try await site.member("moa")
            let category = try await site.category("Pengar")
            let closed = try await site.category("Fika", for: .members)
            let (secret, _) = try await site.thread("Hemlig", "Dold text", in: closed, by: moa)
            let (thread, post) = try await site.thread("Öppen", "Texten", in: category, by: moa)
            let visitor = try await site.browser(client)
            #expect(try await visitor.get("/trad/\(secret)").status == 303)
            let member = try await site.browser(client, as: moa)
            let page = try await member.get(try await member.get("/trad/\(secret)").path)
            #expect(!page.contains("rel=\"alternate\"") && !page.contains("canonical"))

            let path = try await visitor.get("/trad/\(thread)").path
            #expect(try data(in: try await visitor.get(path)) != nil)
            #expect(try await visitor.get("/feed.atom").contains("<summary>Texten</summary>"))
            try await site.eraseIdentity(of: moa)
            let former = try #require(try data(in: try await visitor.get(path)))
            #expect((former["author"] as? [String: String])?["name"] == "Tidigare medlem")
            #expect(!(try await visitor.get("/feed.atom").contains("moa")))
            _ = try await site.application.forum.erase(
                post, because: .personalData, by: site.administrator, command: site.command())
            await site.waitForViews()
            #expect(try data(in: try await visitor.get(path)) == nil)
            #expect(!(try await visitor.get("/feed.atom").contains("Texten")))
        }
    }

    @Test func `is its own address on every other page that may be listed`() async throws {
        try await ForumSite.visited { site, client async throws in
            let moa = try await site.member("moa")
            let category = try await site.category("Pengar")
            for number in 1...21 { try await site.thread("Tråd \(number)", in: category, by: moa) }
            let visitor = try await site.browser(client)
            for path in ["/forum", "/forum/pengar", "/forum/pengar?sida=2"] {
                let page = try await visitor.get(path)
                #expect(page.contains("<link rel=\"canonical\" href=\"http://localhost\(path)\">"), "\(path)")
                #expect(page.contains("application/atom+xml") && page.contains("<meta property=\"og:title\""))
            }
            #expect(try await visitor.get("/forum/pengar?annat=1").contains("href=\"http://localhost/forum/pengar\">"))
            #expect(!(try await visitor.get("/sok?q=moms").contains("canonical")))
        }
    }
}

@Suite struct `A feed that a program has fetched` {
    @Test func `is not sent again while it is current, and at once when anything changed`() async throws {
        try await ForumSite.visited { site, client async throws in
            let moa = try await site.member("moa")
            let (thread, post) = try await site.thread("Hej", "Texten", in: try await site.category("Pengar"), by: moa)
            site.time.advance(seconds: 5)
            let reader = try await site.browser(client)
            for path in ["/feed.atom", "/forum/pengar/feed.atom", "/sitemap.xml"] {
                let feed = try await reader.get(path)
                let (tag, date) = (try #require(feed["ETag"]), try #require(feed["Last-Modified"]))
                let asked: [HTTPFields] = [
                    [.ifNoneMatch: tag], [.ifNoneMatch: "\"x\", \(tag)"], [.ifNoneMatch: "*"],
                    [.ifModifiedSince: date],
                ]
                for headers in asked {
                    let again = try await reader.get(path, headers: headers)
                    #expect(again.status == 304 && again.text.isEmpty && again["ETag"] == tag, "\(path) \(headers)")
                }
                // Gzip has the same weak tag; an entity tag outweighs the date.
                #expect(try await reader.get(path, headers: [.acceptEncoding: "gzip"])["ETag"] == tag)
                let other: [HTTPFields] = [
                    [.ifNoneMatch: "\"x\"", .ifModifiedSince: date], [.ifModifiedSince: "i går"],
                    [.ifModifiedSince: "Sun, 06 Nov 2044 08:49:37 GMT"],
                ]
                for headers in other { #expect(try await reader.get(path, headers: headers).status == 200) }
            }
            let feed = try await reader.get("/feed.atom")
            let (tag, date) = (try #require(feed["ETag"]), try #require(feed["Last-Modified"]))
            _ = try await site.application.forum.delete(post, by: Standing(moa), command: site.command())
            await site.waitForViews()
            // In the second of the change, no date is named: more may follow within it.
            #expect(try await reader.get("/feed.atom")["Last-Modified"] == nil)
            for headers in [[.ifNoneMatch: tag], [.ifModifiedSince: date]] as [HTTPFields] {
                let again = try await reader.get("/feed.atom", headers: headers)
                #expect(again.status == 200 && !again.contains("Texten") && again.contains("\(thread)"))
            }
        }
    }

    @Test func `has the beginning of each opening post, in plain words and without quotes`() async throws {
        try await ForumSite.visited { site, client async throws in
            let (moa, category) = (try await site.member("moa"), try await site.category("Pengar"))
            let long =
                "# Rubrik\n\nEtt *två* @moa [här](https://a.example) <3 & " + String(repeating: "ord ", count: 80)
            try await site.thread("Lång", long, in: category, by: moa)
            let feed = try await site.browser(client).get("/feed.atom")
            let summary = try #require(feed.text.firstMatch(of: /<summary>(.*)<\/summary>/)?.1)
            #expect(summary.contains("Ett två @moa") && summary.contains("&lt;3 &amp; ord ord"))
            #expect(summary.hasSuffix("ord…") && !summary.contains("*"))
            #expect(summary.count <= Feed.summaryLength + 12, "12 more for escaped signs")
        }
    }
}

@Suite struct `The site's icon` {
    @Test func `is served to every browser, and may be kept`() async throws {
        try await ForumSite.visited { site, client async throws in
            let browser = try await site.browser(client)
            let page = try await browser.get("/forum")
            let drawing = try #require(page.text.firstMatch(of: /href="(\/tillgang\/icon\.[0-9a-f]+\.svg)"/)?.1)
            for (path, type) in [
                (String(drawing), "image/svg+xml"), ("/favicon.ico", "image/vnd.microsoft.icon"),
                ("/apple-touch-icon.png", "image/png"),
            ] {
                #expect(page.contains("href=\"\(path)\""))
                let icon = try await browser.get(path)
                #expect(icon.status == 200 && icon["Content-Type"] == type && icon.cookies.isEmpty)
                #expect(icon["Cache-Control"]?.hasPrefix("public, max-age=") == true)
                let tag = try #require(icon["ETag"])
                #expect(try await browser.get(path, headers: [.ifNoneMatch: tag]).status == 304)
            }
        }
    }
}
