import Accounts
import Events
import GRDB
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

@Suite(.clause("P-09.2")) struct `The newsletter` {
    private static let text = """
        Hej!

        Läs [om moms](/forum) före den **26 april**.

        :::annons
        Köp pennor av [Pennbolaget](https://pennor.example).
        :::

        - ett
        - två
        """

    /// - Returns: the page of a new draft.
    private func draft(
        _ browser: Browser, subject: String = "Nytt i vår", text: String = Self.text
    ) async throws -> String {
        let answer = try await browser.fill("/admin/nyhetsbrev/nytt", ["amne": subject, "text": text])
        #expect(answer.status == 303)
        return String(try #require(answer.location).prefix { $0 != "?" })
    }

    private func press(_ browser: Browser, _ page: String, _ action: String, _ fields: [String: String] = [:])
        async throws -> Browser.Answer
    {
        _ = try await browser.get(page)
        return try await browser.post(page, fields.merging(["atgard": action]) { $1 })
    }

    @Test func `is written, looked at, and sent to oneself first`() async throws {
        try await MailSite.visited { site async throws in
            let browser = try await site.browser(as: "astrid")
            let page = try await draft(browser)
            let shown = try await browser.get(page)
            #expect(shown.contains("Så ser mejlet ut") && shown.contains("<strong>Annons</strong>"))
            #expect(shown.contains("--- Annons ---"))
            #expect(try await press(browser, page, "prova").location == page + "?klart=prov")
            await site.work()
            #expect(site.sent.value.map(\.to.text) == ["astrid@example.se"])
            let mail = try #require(site.sent.value.first)
            #expect(mail.subject == "Prov: Nytt i vår" && mail.unsubscribing != nil)
            let id = String(page.split(separator: "/").last ?? "")
            #expect(try await site.browser().get("/nyhetsbrev/\(id)").status == 404)
            #expect(try await site.browser().get("/nyhetsbrev").contains("Inget nyhetsbrev än"))
        }
    }

    @Test(.clause("P-15.2")) func `goes to those who said yes and to nobody else, and is in the archive`() async throws
    {
        try await MailSite.visited { site async throws in
            let browser = try await site.browser(as: "astrid")
            let page = try await draft(browser)
            let before = site.head
            #expect(try await press(browser, page, "skicka").status == 303)
            await site.work()
            await site.work()
            #expect(site.sent.value.map(\.to.text) == ["moa@example.se"])
            let mail = try #require(site.sent.value.first)
            #expect(mail.subject == "Nytt i vår")
            #expect(mail.text.contains("om moms <http://localhost/forum>"))
            #expect(mail.text.contains("--- Annons ---\n\nKöp pennor av Pennbolaget <https://pennor.example>."))
            #expect(
                mail.text.contains("för att du har tackat ja till det") && mail.text.contains("Organisationsnummer"))
            #expect(
                mail.html.contains("<strong>Annons</strong>") && mail.html.contains("href=\"http://localhost/forum\""))
            for tag in ["<img", "<script", "src="] { #expect(!mail.html.contains(tag)) }
            let link = try #require(mail.unsubscribing)
            #expect(mail.text.contains("http://localhost\(link)"))
            #expect(
                try site.events(after: before) == [
                    "newsletter.scheduled", "newsletter.begun", "mail.handed-over", "newsletter.finished",
                ])
            let id = String(page.split(separator: "/").last ?? "")
            let archive = try await site.browser().get("/nyhetsbrev")
            #expect(archive.contains("Nytt i vår") && archive.contains("/nyhetsbrev/\(id)"))
            let issue = try await site.browser().get("/nyhetsbrev/\(id)")
            #expect(issue.status == 200 && issue.contains("<strong>Annons</strong>") && !issue.contains("noindex"))
            // One click, and the next issue is not sent.
            #expect(try await site.browser().post(link, raw: []).status == 200)
            await site.waitForViews()
            let figures = try await browser.get(page)
            #expect(figures.contains("färre än fem") && figures.contains("Avslutade nyhetsbrevet efteråt"))
            _ = try await press(browser, draft(browser, subject: "Nytt i höst"), "skicka")
            await site.work()
            #expect(site.sent.value.count == 1)
        }
    }

    @Test(.clause("P-15.1")) func `that was queued before the no is not sent`() async throws {
        try await MailSite.visited { site async throws in
            let browser = try await site.browser(as: "astrid")
            site.failures.update { $0 = [.notNow(code: 7, reply: 0)] }
            _ = try await press(browser, draft(browser), "skicka")
            await site.work()
            #expect(try site.worker.outbox.count() == 1)
            try await site.accounts.unsubscribeFromNewsletter(
                site.member("moa"), wording: UnsubscribeWording.hash, command: site.command())
            let before = site.head
            site.time.advance(seconds: 60)
            await site.work()
            #expect(site.sent.value.isEmpty)
            guard case .suppressed(_, .switchedOff)? = try site.outcomes(after: before).first else {
                Issue.record("not suppressed")
                return
            }
            #expect(try site.events(after: before).last == "newsletter.finished")
        }
    }

    @Test(.clause("P-15.2")) func `does not go to former members, nor by itself to returned ones`()
        async throws
    {
        try await MailSite.visited { site async throws in
            let moa = try site.member("moa")
            try await site.accounts.close(
                moa, password: EnteredPassword(AccountSite.password), texts: .anonymise, marked: [],
                command: site.command())
            await site.work()
            let browser = try await site.browser(as: "astrid")
            site.sent.update { $0 = [] }
            _ = try await press(browser, draft(browser), "skicka")
            await site.work()
            #expect(site.sent.value.isEmpty)
            try await site.accounts.restore(moa, by: .member(site.member("astrid")), command: site.command())
            await site.work()
            site.sent.update { $0 = [] }
            _ = try await press(browser, draft(browser, subject: "Nästa"), "skicka")
            await site.work()
            #expect(site.sent.value.isEmpty)
        }
    }

    @Test func `goes out at its time, by itself`() async throws {
        try await MailSite.visited { site async throws in
            let browser = try await site.browser(as: "astrid")
            let page = try await draft(browser)
            let late = try await press(browser, page, "planera", ["dag": "2026-03-10", "klockslag": "11:59"])
            #expect(late.status == 422 && late.contains("Tiden har redan varit") && late.contains("Köp pennor"))
            let wrong = try await press(browser, page, "planera", ["dag": "i morgon", "klockslag": "25:00"])
            #expect(wrong.status == 422 && wrong.contains("Välj en dag.") && wrong.contains("klockslag, till exempel"))
            let set = try await press(browser, page, "planera", ["dag": "2026-03-29", "klockslag": "8:30"])
            #expect(set.status == 303)
            #expect(try await browser.get(page).contains("29 mars 2026 kl. 08.30"))
            await site.work()
            #expect(site.sent.value.isEmpty)
            // Summer time began during that night.
            site.time.set(try #require(Instant("2026-03-29T06:29:59Z")))
            await site.work()
            #expect(site.sent.value.isEmpty)
            site.time.advance(seconds: 1)
            await site.work()
            #expect(site.sent.value.count == 1)
        }
    }

    @Test func `can be stopped, called off, thrown away and taken back`() async throws {
        try await MailSite.visited { site async throws in
            let browser = try await site.browser(as: "astrid")
            let page = try await draft(browser)
            _ = try await press(browser, page, "planera", ["dag": "2026-04-01", "klockslag": "08.00"])
            #expect(try await press(browser, page, "spara", ["amne": "Annat", "text": "Annat"]).status == 422)
            #expect(try await press(browser, page, "avplanera").status == 303)
            site.failures.update { $0 = [.notNow(code: 7, reply: 0)] }
            _ = try await press(browser, page, "skicka")
            await site.work()
            #expect(try site.worker.outbox.count() == 1)
            #expect(try await press(browser, page, "stoppa").status == 303)
            site.time.advance(by: Period(days: 1))
            await site.work()
            #expect(site.sent.value.isEmpty)
            #expect(try site.worker.outbox.count() == 0)
            #expect(try await press(browser, page, "ta-bort").location == "/admin/nyhetsbrev")
            #expect(try await browser.get(page).status == 404)
            let other = try await draft(browser, subject: "Kastas")
            #expect(try await press(browser, other, "kasta").location == "/admin/nyhetsbrev")
            #expect(try await browser.get(other).status == 404)
            let id = try #require(IssueID(String(other.split(separator: "/").last ?? "")))
            let drafted = try #require(try site.application.log.events(in: StreamName(id)).first)
            #expect(drafted.content == .erased)
        }
    }

    @Test(arguments: [
        (":::annons\nText", "rad 1 har inget slut"), ("Text\n:::", "rad 2 slutar en annons"),
        (":::annons\n:::annons\nx\n:::", "rad 2 börjar en annons inne"), (":::annons\n\n:::", "rad 1 är tom"),
        ("", "Skriv vad"),
    ])
    func `says what is wrong with it, and keeps what was typed`(text: String, words: String) async throws {
        try await MailSite.visited { site async throws in
            let before = site.head
            let browser = try await site.browser(as: "astrid")
            let answer = try await browser.fill("/admin/nyhetsbrev/nytt", ["amne": "Ämnet finns kvar", "text": text])
            #expect(answer.status == 422 && answer.contains(words) && answer.contains("Ämnet finns kvar"))
            #expect(try site.events(after: before).isEmpty)
        }
    }

    @Test func `stands nowhere in the clear, and its page is the administrators' alone`() async throws {
        try await MailSite.visited { site async throws in
            let page = try await draft(site.browser(as: "astrid"), subject: "Hemligt ämne")
            for event in try site.application.log.events(after: 0, limit: 1000) {
                #expect(!String(decoding: event.clear.bytes, as: UTF8.self).contains("Hemligt"))
            }
            for path in ["/admin/nyhetsbrev", "/admin/nyhetsbrev/nytt", page] {
                #expect(try await site.browser(as: "moa").get(path).status == 403)
            }
        }
    }

    @Test func `is taken up again by an outbox that was lost, and nobody gets it twice`() async throws {
        try await MailSite.visited { site async throws in
            for (index, number) in ["197902202394", "198212172392", "200002142396"].enumerated() {
                let applicant = Applicant(email: "\(index)@example.se", username: "medlem-\(index)", number: number)
                try await site.account.join(applicant.with("newsletter", "yes"), with: site.client)
            }
            await site.work()
            let browser = try await site.browser(as: "astrid")
            let page = try await draft(browser)
            // The first mail is sent, then the relay is unavailable.
            site.failures.update { $0 = Array(repeating: .notNow(code: 28, reply: 250), count: 3) }
            _ = try await press(browser, page, "skicka")
            await site.work()
            let first = site.sent.value.map(\.to.text)
            #expect(first.count == 1)
            try await site.account.site.runtime.database.write { database in
                try database.execute(sql: "DELETE FROM mails; DELETE FROM mailings")
            }
            await site.work()
            #expect(Set(site.sent.value.map(\.to.text)).count == 4 && site.sent.value.count == 4)
            #expect(try await browser.get(page).contains("Skickat den"))
        }
    }
}
