import Accounts
import Events
import Messaging
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite(.clause("P-18.1")) struct `The contact form` {
    @Test func `of a visitor becomes a case, with an automatic receipt that answers nothing`() async throws {
        try await CaseSite.visited { site async throws in
            let visitor = try await site.browser()
            let sent = try await site.ask(visitor)
            #expect(sent.location == "/kontakt?klart=skickat")
            #expect(try await visitor.get("/kontakt?klart=skickat").contains("Tack, vi har fått ditt meddelande"))
            let mail = try #require(try await site.mails().first)
            let id = try await site.newest()
            #expect(mail.to == "<ute@example.se>" && mail.subject == "Vi har fått ditt meddelande [Ärende \(id)]")
            #expect(mail.header("Reply-To") == "<info@example.org>" && mail.body.contains("automatiskt kvitto"))
            #expect(!mail.body.contains("Hur gör jag"))
            let file = try site.file(id)
            #expect(file.question != nil && file.phase == .open)
            // The link in the mail is the only way to the case.
            let path = try #require(mail.link("/arende/\(id)/"))
            #expect(try await visitor.get(path).contains("Hur gör jag?"))
            #expect(try await visitor.get("/arende/\(id)/\(String(repeating: "A", count: 43))").status == 404)
            #expect(try await visitor.get("/arenden/\(id)").status == 303)
        }
    }

    @Test func `of a visitor is seen by the administration as soon as it is sent`() async throws {
        try await CaseSite.visited { site async throws in
            let staff = try await site.browser(as: "astrid")
            let visitor = try await site.browser()
            for _ in 1...5 {
                _ = try await site.ask(visitor)
                let seen = try await staff.get("/admin/arenden")
                #expect(try await seen.contains("/admin/arende/\(site.newest())"))
            }
        }
    }

    @Test(.clause("P-18.2")) func `is answered by page and mail, and a follow-up begins a new day`() async throws {
        try await CaseSite.visited { site async throws in
            let visitor = try await site.browser()
            _ = try await site.ask(visitor)
            let id = try await site.newest()
            let receipt = try #require(try await site.mails().first)
            let path = try #require(receipt.link("/arende/\(id)/"))
            site.time.advance(seconds: 3600)
            #expect(try await site.answer(id).location == "/admin/arende/\(id)?klart=besvarat")
            let mail = try #require(try await site.mails().first)
            #expect(mail.subject == "Vi har svarat dig [Ärende \(id)]" && mail.body.contains("Så här gör du"))
            #expect(try await visitor.get(path).contains("Så här gör du"))
            #expect(try site.file(id).question == nil)

            site.time.advance(seconds: 3600)
            let more = try await visitor.post(path, ["atgard": "skriv", "meddelande": "Tack, men varför?"])
            #expect(more.location?.hasPrefix(path) == true)
            #expect(try site.file(id).question?.askedAt == site.time.now)
            #expect(try await visitor.get(path).contains("Tack, men varför?"))
            let staff = try await site.browser(as: "astrid")
            #expect(try await staff.get("/admin/arenden").contains("/admin/arende/\(id)"))
        }
    }

    @Test func `of a member is followed under Mina ärenden, by nobody else`() async throws {
        try await CaseSite.visited { site async throws in
            let moa = try await site.browser(as: "moa")
            let sent = try await site.ask(moa)
            let id = try await site.newest()
            #expect(sent.location == "/arenden/\(id)?klart=skickat")
            let page = try await moa.get("/arenden/\(id)")
            #expect(page.contains("Hur gör jag?") && page["Cache-Control"] == "private, no-store")
            #expect(try await moa.get("/arenden").contains("Moms på fika"))
            let nils = try await site.browser(as: "snickar-nisse")
            #expect(try await nils.get("/arenden/\(id)").status == 404)
            #expect(try await nils.get("/admin/arende/\(id)").status == 403)
            #expect(!(try await nils.get("/arenden").contains("Moms på fika")))
            // A signed-in member is answered at her registered address, whatever was typed.
            #expect(try await site.mails().map(\.to) == ["<moa@example.se>"])
        }
    }

    @Test(arguments: [
        ["amne": ""], ["meddelande": ""], ["galler": ""], ["email": "inte en adress"], ["email": "a@b\r\nBcc: c@d.se"],
        ["galler": "rattigheter"], ["webbplats": "http://spam.example"], ["tid": "1.abc"], ["tid": ""],
    ])
    func `that cannot be taken is shown again with everything that was typed`(fields: [String: String]) async throws {
        try await CaseSite.visited { site async throws in
            let before = site.account.head
            let answer = try await site.ask(site.browser(), ["meddelande": "Det jag skrev <3"].merging(fields) { $1 })
            #expect(answer.status == 422 && answer.contains("class=\"error\""))
            if fields["meddelande"] == nil { #expect(answer.contains("Det jag skrev &lt;3")) }
            #expect(site.account.head == before)
        }
    }

    @Test func `sent too fast for a person is asked for once more`() async throws {
        try await CaseSite.visited { site async throws in
            let browser = try await site.browser()
            let stamp = try #require(try await browser.get("/kontakt").stamp)
            let fields = [
                "galler": "fraga", "amne": "X", "meddelande": "Y", "email": "a@example.se", "tid": stamp,
            ]
            let fast = try await browser.post("/kontakt", fields)
            #expect(fast.status == 422 && fast.contains("gick väldigt fort"))
            site.time.advance(seconds: 25 * 3600)
            _ = try await browser.get("/kontakt")
            #expect(try await browser.post("/kontakt", fields).contains("legat öppen för länge"))
        }
    }

    @Test func `sent twice makes one case`() async throws {
        try await CaseSite.visited { site async throws in
            let moa = try await site.browser(as: "moa")
            _ = try await moa.get("/kontakt")
            let fields = ["galler": "fraga", "amne": "X", "meddelande": "Y"]
            let first = try await moa.post("/kontakt", fields)
            #expect(try await moa.post("/kontakt", fields).location == first.location)
            #expect(try await site.mails().count == 1)
        }
    }

    @Test(.clause("P-17.2")) func `never echoes a personal identity number that somebody wrote, and no file holds it`()
        async throws
    {
        try await CaseSite.visited { site async throws in
            let moa = try await site.browser(as: "moa")
            _ = try await site.ask(moa, ["meddelande": "Mitt nummer är 19880917-2391, eller 880917-2391."])
            let id = try await site.newest()
            let page = try await moa.get("/arenden/\(id)")
            #expect(page.contains("[personnummer dolt]") && !page.contains("2391"))
            let astrid = try await site.browser(as: "astrid")
            #expect(!(try await astrid.get("/admin/arende/\(id)").contains("2391")))
            for event in try site.application.log.events(after: 0, limit: 1000) {
                #expect(!String(decoding: event.clear.bytes, as: UTF8.self).contains(/880917-?2391/))
            }
        }
    }
}

@Suite(.clause("P-18.2")) struct `A question's clock` {
    @Test func `warns the administration at 12 and at 20 hours, once each, on the page and by mail`() async throws {
        try await CaseSite.visited { site async throws in
            _ = try await site.ask(site.browser())
            let id = try await site.newest()
            _ = try await site.mails()
            let astrid = try await site.browser(as: "astrid")
            for (hours, isTold) in [(11.0, false), (2.0, true), (1.0, false), (7.0, true), (10.0, false)] {
                site.time.advance(seconds: hours * 3600)
                await site.work.work()
                let mails = try await site.mails()
                // The contact inbox may be one that only the site reads, so a person is also notified at her own address.
                let told = isTold ? ["<astrid@example.se>", "<info@example.org>"] : []
                #expect(mails.map(\.to).sorted() == told, "after \(hours) more hours")
                for mail in mails {
                    #expect(mail.subject.contains("\(id)"))
                    #expect(mail.body.contains("/admin/arende/\(id)") && !mail.body.contains("Hur gör jag"))
                }
            }
            let list = try await astrid.get("/admin/arenden")
            #expect(list.contains("Försenat"))
            let notifications = try await astrid.get("/aviseringar")
            #expect(notifications.contains("En fråga till administrationen har väntat länge på svar"))
            _ = try await site.answer(id)
            #expect(!(try await astrid.get("/admin/arenden").contains("Försenat")))
        }
    }

    @Test func `stands still while the machine's clock is not believed`() async throws {
        try await CaseSite.visited { site async throws in
            _ = try await site.ask(site.browser())
            _ = try await site.mails()
            site.time.advance(seconds: 13 * 3600)
            let before = site.account.head
            await site.work.work(isTimeTrusted: false)
            #expect(site.account.head == before)
            await site.work.work()
            #expect(try await site.mails().count == 2)
        }
    }

    @Test(.clause("P-08.3")) func `gives a figure that is published only for enough questions`() async throws {
        try await CaseSite.visited { site async throws in
            for number in 1...5 {
                let browser = try await site.browser()
                _ = try await site.ask(browser, ["amne": "Fråga \(number)"])
                let id = try await site.newest()
                // The last one waits too long.
                site.time.advance(seconds: number == 5 ? 90_000 : 60)
                _ = try await site.answer(id)
                let page = try await browser.get("/kontakt")
                #expect(page.contains("av frågorna inom") == (number == 5))
            }
            let words = "besvarades 80\u{A0}% av frågorna inom 24\u{A0}timmar"
            #expect(try await site.browser().get("/kontakt").contains(words))
        }
    }
}
