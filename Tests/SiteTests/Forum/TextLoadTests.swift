import Dispatch
import Events
import Forum
import Messaging
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite struct `Reading what somebody typed` {
    private static let hostile = "www.a.b" + String(repeating: ")", count: 19_900)
    private static let mentions = String(repeating: "@moa-maj\n", count: 2_000)

    @Test(arguments: [
        (hostile, "för många webbadresser"), (mentions, "högst 200 gånger"),
        (String(repeating: "a|a\n|-\n", count: 2_800), "för många tabellrader"),
        (String(repeating: "- ", count: 9_000) + "a", "för många nivåer"),
    ])
    func `a text with too much in it comes back with what there is too much of`(
        text: String, words: String
    ) async throws {
        try await ForumSite.visited { site, client async throws in
            let moa = try await site.member("moa-maj")
            let (thread, post) = try await site.thread("Hej hej", in: try await site.category("Allmänt"), by: moa)
            let browser = try await site.browser(client, as: moa)
            let head = site.head
            for (path, fields) in [
                ("/forum/allmant/ny", ["title": "En rubrik"]), ("/trad/\(thread)/svara", [:]),
                ("/inlagg/\(post)/andra", ["base": "1"]),
            ] {
                for action in ["send", "preview"] {
                    _ = try await browser.get(path)
                    let answer = try await browser.post(path, fields.merging(["text": text, "action": action]) { $1 })
                    #expect(answer.status == 422 && answer.contains(words), "\(path)")
                    #expect(
                        answer.contains(String(text.prefix(200)))
                            && answer.contains(String(text.suffix(200).dropLast())), "\(path)")
                }
            }
            let fragment = try await browser.post("/forhandsgranska", ["text": text, "command": ""])
            #expect(fragment.contains(words) && fragment.text.utf8.count < 1_000)
            #expect(site.head == head)
        }
    }

    @Test func `it waits for its turn away from everybody who only reads, and is not taken when too many wait`()
        async throws
    {
        try await ForumSite.visited { site, client async throws in
            let moa = try await site.member("moa")
            let (thread, _) = try await site.thread("Hej hej", in: try await site.category("Allmänt"), by: moa)
            let browser = try await site.browser(client, as: moa)
            let path = "/trad/\(thread)/svara"
            _ = try await browser.get(path)
            let gate = DispatchSemaphore(value: 0)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<BoundedQueue.mostWaiting {
                    group.addTask { try await site.site.texts.run { gate.wait() } }
                }
                while site.site.texts.waitingCount < BoundedQueue.mostWaiting { await Task.yield() }
                #expect(try await site.browser(client).get("/forum").status == 200)
                #expect(try await browser.get("/trad/\(thread)/hej-hej").status == 200)
                _ = try await browser.get(path)
                let answer = try await browser.post(path, ["text": "Mitt svar"])
                #expect(answer.status == 503 && answer["Retry-After"] == "60")
                #expect(answer.contains("Mitt svar") && answer.contains("står kvar"))
                for _ in 0..<BoundedQueue.mostWaiting { gate.signal() }
                try await group.waitForAll()
            }
            #expect(try await browser.post(path, ["text": "Mitt svar"]).status == 303)
        }
    }

    @Test func `the history of a post comes ten changes a page`() async throws {
        try await ForumSite.visited { site, client async throws in
            let moa = try await site.member("moa")
            let (_, post) = try await site.thread(
                "Hej hej", "Nummer 1", in: try await site.category("Allmänt"), by: moa)
            for base in 1...11 {
                _ = try await site.application.forum.revise(
                    post, from: base, to: site.application.draft("Nummer \(base + 1)"), by: Standing(moa),
                    command: site.command())
            }
            await site.waitForViews()
            let browser = try await site.browser(client, as: moa)
            let first = try await browser.get("/inlagg/\(post)/historik")
            #expect(first.contains("Nummer 12<") && first.contains("Nummer 3<") && !first.contains("Nummer 2<"))
            #expect(first.contains("/inlagg/\(post)/historik?sida=2"))
            let second = try await browser.get("/inlagg/\(post)/historik?sida=2")
            #expect(second.contains("Nummer 2<") && second.contains("Nummer 1<") && !second.contains("Nummer 3<"))
            #expect(try await browser.get("/inlagg/\(post)/historik?sida=3").status == 404)
        }
    }

    @Test func `an address with thousands of brackets after it is a link without them`() throws {
        var html = HTMLWriter(now: .testStart, capacity: 1024)
        html.message(try MessageText("Se http://a.se/(b))\(String(repeating: ")]}.", count: 2_000)) tack"))
        let page = String(decoding: html.bytes, as: UTF8.self)
        #expect(page.contains("href=\"http://a.se/(b)\""))
        #expect(page.contains(">http://a.se/(b)</a>))]}.)]}"))
    }

    @Test func `words are found in messages whatever their case, and as whole characters`() throws {
        let text = "ÅSA och e\u{301}va: " + String(repeating: "a", count: 5_000) + "B"
        let found = { (word: String) in FoldedText(text).place(of: word).map { String(text[$0]) } }
        #expect(found("åsa") == "ÅSA" && found("Éva") == "e\u{301}va" && found("OCH E\u{301}") == "och e\u{301}")
        #expect(found(String(repeating: "A", count: 99) + "b")?.count == 100)
        #expect(found("aac") == nil && found("") == nil && FoldedText("").place(of: "a") == nil)
        // The first scalar of a joined emoji does not match the emoji.
        #expect(FoldedText("👩\u{200D}👧").place(of: "👩") == nil)
        // However many such matches come before one that counts.
        let family = String(repeating: "👩\u{200D}👧", count: 80)
        #expect(
            FoldedText(family + "👩").place(of: "👩").map { family.distance(from: family.startIndex, to: $0.lowerBound) }
                == 80)
    }
}
