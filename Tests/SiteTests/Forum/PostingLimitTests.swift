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

@Suite struct `How often a member may write` {
    private static let few: [RateLimit.Kind: RateLimit] = [
        .threads: RateLimit(3, per: .hour), .newThreads: RateLimit(1, per: .hour),
        .posts: RateLimit(2, per: .hour), .newPosts: RateLimit(2, per: .hour),
        .conversations: RateLimit(1, per: .hour), .newConversations: RateLimit(1, per: .hour),
        .messages: RateLimit(2, per: .hour), .newMessages: RateLimit(2, per: .hour),
        .reports: RateLimit(1, per: .hour), .newReports: RateLimit(1, per: .hour),
        .cases: RateLimit(1, per: .hour), .newCases: RateLimit(1, per: .hour), .preview: RateLimit(2, per: .hour),
    ]

    /// Expects the form back, with the text and the time to wait.
    private func expectWait(
        _ answer: Browser.Answer, keeping text: String, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(answer.status == 429, sourceLocation: sourceLocation)
        #expect(answer["Retry-After"].flatMap { Int($0) }.map { $0 > 0 } == true, sourceLocation: sourceLocation)
        #expect(answer.contains(text) && answer.contains("står kvar"), sourceLocation: sourceLocation)
    }

    private func open(_ title: String, _ browser: Browser) async throws -> Browser.Answer {
        _ = try await browser.get("/forum/allmant/ny")
        return try await browser.post("/forum/allmant/ny", ["title": title, "text": "Det jag vill säga"])
    }

    @Test func `a new member opens fewer threads than one who has been here for a week, and keeps her text`()
        async throws
    {
        try await ForumSite.visited(limits: Self.few) { site, client async throws in
            let moa = try await site.member("moa")
            try await site.category("Allmänt")
            let browser = try await site.browser(client, as: moa)
            #expect(try await open("Första", browser).status == 303)
            let head = site.head
            let answer = try await open("Andra", browser)
            expectWait(answer, keeping: "Det jag vill säga")
            #expect(answer.contains("value=\"Andra\"") && answer.contains("har varit medlem i"))
            #expect(site.head == head)

            site.time.advance(by: Period(days: 8))
            for title in ["Tredje", "Fjärde", "Femte"] { #expect(try await open(title, browser).status == 303) }
            let last = try await open("Sjätte", browser)
            expectWait(last, keeping: "Det jag vill säga")
            #expect(!last.contains("har varit medlem i"))
            site.time.advance(seconds: 20 * 60)
            #expect(try await open("Sjätte", browser).status == 303)
        }
    }

    @Test func `what is deleted afterwards has been counted`() async throws {
        try await ForumSite.visited(limits: Self.few) { site, client async throws in
            let moa = try await site.member("moa")
            try await site.category("Allmänt")
            let browser = try await site.browser(client, as: moa)
            let opened = try await open("Första", browser)
            let post = try #require(opened.location?.split(separator: "-").last)
            let path = "/inlagg/\(post)/radera"
            _ = try await browser.get(path)
            #expect(try await browser.post(path, [:]).status == 303)
            #expect(try await open("Andra", browser).status == 429)
        }
    }

    @Test func `a form that is sent twice is answered as the first time`() async throws {
        try await ForumSite.visited(limits: Self.few) { site, client async throws in
            let moa = try await site.member("moa")
            try await site.category("Allmänt")
            let browser = try await site.browser(client, as: moa)
            _ = try await browser.get("/forum/allmant/ny")
            let fields = ["title": "Första", "text": "Hej"]
            let place = try await browser.post("/forum/allmant/ny", fields).location
            let head = site.head
            let again = try await browser.post("/forum/allmant/ny", fields)
            #expect(again.status == 303 && again.location == place)
            #expect(site.head == head)
        }
    }

    @Test func `a form that is carried out already costs nothing when its first answer is forgotten`() async throws {
        try await ForumSite.visited(limits: Self.few) { site, client async throws in
            let moa = try await site.member("moa")
            try await site.category("Allmänt")
            let browser = try await site.browser(client, as: moa)
            let fields = try await browser.get("/forum/allmant/ny").fields(of: "/forum/allmant/ny")
            let typed = fields.merging(["title": "Första", "text": "Hej"]) { $1 }
            #expect(try await browser.post("/forum/allmant/ny", typed).status == 303)
            let command = try #require(fields["command"].flatMap { CommandID($0) })
            let context = SiteContext(
                member: SignedInMember(id: moa, username: "moa"), of: site.site, at: site.time.now)
            let spend = { (command: CommandID) in
                var form = Form()
                return try context.spend(.post, for: command, in: site.application, noting: &form, at: .postText)
            }
            for _ in 1...5 { #expect(try spend(command)) }
            for mayWrite in [true, true, false] {
                #expect(try spend(CommandID(at: site.time.now)) == mayWrite)
            }
        }
    }

    @Test func `posts and changes of posts are counted together`() async throws {
        try await ForumSite.visited(limits: Self.few) { site, client async throws in
            let moa = try await site.member("moa")
            let (thread, post) = try await site.thread("Hej hej", in: try await site.category("Allmänt"), by: moa)
            let browser = try await site.browser(client, as: moa)
            let (reply, edit) = ("/trad/\(thread)/svara", "/inlagg/\(post)/andra")
            _ = try await browser.get(reply)
            #expect(try await browser.post(reply, ["text": "Ett svar"]).status == 303)
            _ = try await browser.get(edit)
            #expect(try await browser.post(edit, ["text": "Ändrat", "base": "1"]).status == 303)
            _ = try await browser.get(edit)
            expectWait(try await browser.post(edit, ["text": "Ändrat igen", "base": "2"]), keeping: "Ändrat igen")
            _ = try await browser.get(reply)
            expectWait(try await browser.post(reply, ["text": "Ett svar till"]), keeping: "Ett svar till")
        }
    }

    @Test(arguments: [Role.moderator, .administrator])
    func `for staff there is no such limit`(role: Role) async throws {
        try await ForumSite.visited(limits: Self.few) { site, client async throws in
            let maj = try await site.member("maj", as: role)
            try await site.category("Allmänt")
            let browser = try await site.browser(client, as: maj)
            for title in ["Ett A", "Två B", "Tre C", "Fyra D", "Fem E"] {
                #expect(try await open(title, browser).status == 303)
            }
        }
    }

    @Test func `previews have a limit of their own, in every form that shows them`() async throws {
        try await ForumSite.visited(limits: Self.few) { site, client async throws in
            let moa = try await site.member("moa")
            try await site.category("Allmänt")
            let browser = try await site.browser(client, as: moa)
            _ = try await browser.get("/forum/allmant/ny")
            let fields = ["title": "Rubrik", "text": "**Fet**", "action": "preview"]
            #expect(try await browser.post("/forum/allmant/ny", fields).contains("<strong>Fet</strong>"))
            #expect(try await browser.post("/forhandsgranska", ["text": "**Fet**"]).status == 200)
            let third = try await browser.post("/forum/allmant/ny", fields)
            expectWait(third, keeping: "**Fet**")
            #expect(!third.contains("<strong>Fet</strong>"))
            expectWait(try await browser.post("/forhandsgranska", ["text": "**Fet**"]), keeping: "**Fet**")
            let fragment = try await browser.post("/forhandsgranska", ["text": "**Fet**", "command": ""])
            #expect(fragment.status == 429 && fragment.contains("class=\"error\""))
            #expect(
                try await browser.post("/forum/allmant/ny", fields.merging(["action": "send"]) { $1 }).status == 303)
        }
    }

    @Test func `conversations, messages and reports are limited likewise`() async throws {
        try await Correspondents.meet(limits: Self.few) { they async throws in
            let conversation = try await they.begin(they.moa, to: "eva", "Hej Eva")
            _ = try await they.moa.get("/meddelanden/nytt")
            let second = try await they.moa.post(
                "/meddelanden/nytt", ["till": "snickar-nisse", "text": "Hej Nils"])
            expectWait(second, keeping: "Hej Nils")
            for text in ["Ett", "Två"] {
                #expect(try await they.send(they.moa, in: conversation, text).status == 303)
            }
            expectWait(try await they.send(they.moa, in: conversation, "Tredje gången"), keeping: "Tredje gången")
            let messages = try await they.messages(they.eva, in: conversation)
            let report = { (message: String) in
                try await they.press(
                    they.eva, "/meddelande/\(message)/anmal", at: "/meddelande/\(message)/anmal",
                    ["skal": "spam", "beskrivning": "Så här var det"])
            }
            #expect(try await report(messages[0]).status == 303)
            expectWait(try await report(messages[1]), keeping: "Så här var det")
        }
    }

    @Test func `so are reports of pages and cases, but not the cases of visitors`() async throws {
        try await Correspondents.meet(limits: Self.few) { they async throws in
            let fields = ["galler": "fraga", "amne": "Moms", "meddelande": "Hur gör jag med momsen?"]
            let ask = { (browser: Browser) in try await they.press(browser, "/kontakt", at: "/kontakt", fields) }
            #expect(try await ask(they.moa).status == 303)
            expectWait(try await ask(they.moa), keeping: "Hur gör jag med momsen?")
            let right = ["rattighet": "erasure", "meddelande": "Radera det"]
            let rights = try await they.press(they.moa, "/mina-rattigheter", at: "/mina-rattigheter", right)
            expectWait(rights, keeping: "Radera det")
            #expect(try await ask(they.nils).status == 303)
            let notice = [
                "adress": "/inlagg/1", "orsak": "spam", "meddelande": "Det är reklam", "stammer": "ja",
            ]
            let report = { try await they.press(they.eva, "/anmal", at: "/anmal", notice) }
            #expect(try await report().status == 303)
            expectWait(try await report(), keeping: "Det är reklam")
        }
    }
}
