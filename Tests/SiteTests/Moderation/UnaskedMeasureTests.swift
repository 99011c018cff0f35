import Accounts
import Events
import Forum
import Messaging
import Projections
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite(.clause("P-08.2")) struct `A removal that nobody has asked for` {
    @Test func `is told with facts, rule and the way to appeal, as one that was reported`() async throws {
        try await ModeratedSite.visited { site async throws in
            let id = try await site.remove()
            let mails = try await site.cases.mails()
            #expect(mails.map(\.to) == ["<nils@example.se>"], "one mail, to the author alone")
            let mail = try #require(mails.first)
            #expect(mail.subject.contains("Beslut om ett inlägg som du skrev"))
            for words in [
                "Det röjer hennes vanor", "T-04.1", "Om telefoner", "eget initiativ", "fattats av en människa",
                "ompröva det",
            ] {
                #expect(mail.body.contains(words), "\(words)")
            }
            #expect(mail.link("/arenden/\(id)") != nil && !mail.body.contains("hon svarar alltid"))
        }
    }

    @Test func `is no question that waits, and nobody's but the author's`() async throws {
        try await ModeratedSite.visited { site async throws in
            let id = try await site.remove()
            let file = try site.cases.file(id)
            #expect(file.isUnasked && file.opener == nil && file.question == nil && file.isClosed)
            #expect(try site.application.answerFigure(at: site.cases.time.now).all == 0)
            #expect(!(try await site.cases.browser(as: "gun").get("/admin/ko").contains("\(id)")))
            #expect(try await site.cases.browser(as: "moa").get("/arenden/\(id)").status == 404)
        }
    }

    @Test func `is appealed against on the same path, judged by another, and undone`() async throws {
        try await ModeratedSite.visited { site async throws in
            let id = try await site.remove()
            try await site.appeal(id)
            _ = try await site.cases.mails()
            #expect(try await site.cases.browser(as: "greta").get("/admin/arende/\(id)").status == 403)
            let gun = try await site.cases.browser(as: "gun")
            let queue = try await gun.get("/admin/ko")
            #expect(queue.contains("\(id)") && queue.contains("Omprövning"))
            let page = try await gun.get("/admin/arende/\(id)")
            #expect(page.contains(ModeratedSite.words) && page.contains("Eget initiativ av greta"))
            #expect(page.contains("Hon bad mig"))
            #expect(try await site.decide(id, .rejected, as: "gun", "Hon har själv bett om det").status == 303)
            #expect(try site.isVisible)
            let mail = try #require(try await site.cases.mails().first { $0.to == "<nils@example.se>" })
            #expect(mail.body.contains("får vara kvar") && mail.body.contains("Hon har själv bett om det"))
        }
    }

    @Test func `answers the waiting reports, and opens no further case`() async throws {
        try await ModeratedSite.visited { site async throws in
            let reports = [try await site.report(), try await site.report(by: nil)]
            let id = try await site.remove()
            #expect(reports.contains(id))
            for report in reports { #expect(try site.cases.file(report).decision?.outcome == .upheld) }
            #expect(try !site.isVisible)
        }
    }

    @Test func `is filed once, however often the form is sent`() async throws {
        try await ModeratedSite.visited { site async throws in
            let browser = try await site.cases.browser(as: "greta")
            let path = "/inlagg/\(site.post)/ta-bort"
            let form = ["reason": "spam", "handelse": "Reklam", "command": "\(site.cases.nextCommand())"]
            _ = try await browser.get(path)
            for _ in 1...2 { #expect(try await browser.post(path, form).status == 303) }
            #expect(try site.application.views.cases.of(site.nils).count == 1)
        }
    }

    @Test(.clause("P-06.3")) func `for good is told likewise, except when the author asked for it`() async throws {
        try await ModeratedSite.visited { site async throws in
            let browser = try await site.cases.browser(as: "greta")
            let title = "/trad/\(site.thread)/radera-rubriken"
            _ = try await browser.get(title)
            #expect(try await browser.post(title, ["radera-for": "authors-request"]).status == 303)
            #expect(try await site.cases.mails().isEmpty)
            let path = "/inlagg/\(site.post)/radera-for-gott"
            _ = try await browser.get(path)
            #expect(try await browser.post(path, ["radera-for": "unlawful"]).status == 422)
            #expect(
                try await browser.post(path, ["radera-for": "unlawful", "handelse": "Ett hot mot liv"]).status == 303)
            let mails = try await site.cases.mails()
            #expect(mails.map(\.to) == ["<nils@example.se>"])
            #expect(mails.first?.body.contains("Ett hot mot liv") == true)
            let id = try site.ownCase()
            #expect(
                try await site.cases.browser(as: "snickar-nisse").get("/arenden/\(id)").contains("Begär omprövning"))
        }
    }
}
