import Accounts
import Events
import HummingbirdTesting
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite(.clause("P-12.2")) struct NewPasswordTests {
    private static let new = "blå stege under äppelträd"

    private func link(_ site: AccountSite, _ browser: Browser) async throws -> String {
        _ = try await browser.get("/glomt-losenord")
        _ = try await browser.post("/glomt-losenord", ["email": "moa@example.se"])
        return try #require(try await site.mails().last?.link("/nytt-losenord/"))
    }

    @Test func `a lost password is replaced by the link in a mail, once`() async throws {
        try await AccountSite.visited { site, client async throws in
            try await site.join(.moa, with: client)
            let signedIn = Browser(client)
            _ = try await signedIn.signIn("moa")
            let browser = Browser(client)
            let link = try await link(site, browser)
            try site.mail.empty()

            let page = try await browser.get(link)
            #expect(page.contains("Minst tolv tecken"))
            #expect(page["Referrer-Policy"] == "no-referrer")
            let short = try await browser.post(link, ["password": "kort"])
            #expect(short.status == 422)
            #expect(!short.contains("value=\"kort\""))
            #expect(
                try await browser.post(link, ["password": "moa-är-bäst-i-byn"]).contains(
                    "får inte innehålla ditt användarnamn"))
            #expect(try await browser.post(link, ["password": Self.new]).contains("Lösenordet är bytt"))

            #expect(!(try await signedIn.get("/").contains("Hej moa")), "other sessions have ended")
            #expect(try site.eventNames().contains("accounts.signed-out"))
            #expect(try await browser.signIn("moa").status == 422)
            #expect(try await browser.signIn("moa", Self.new).location == "/")

            let again = try await browser.get(link)
            #expect(again.status == 410)
            #expect(again.contains("Länken är redan använd"))
            let mail = try #require(try await site.mails().last)
            #expect(mail.subject == "Ditt lösenord har bytts")
            #expect(mail.to == "<moa@example.se>")
        }
    }

    @Test func `the browser that the member was signed in by forgets what it has seen`() async throws {
        try await AccountSite.visited { site, client async throws in
            try await site.join(.moa, with: client)
            let browser = Browser(client)
            _ = try await browser.signIn("moa")
            let link = try await link(site, browser)
            _ = try await browser.get(link)
            let answer = try await browser.post(link, ["password": Self.new])
            #expect(answer.contains("Lösenordet är bytt") && !answer.contains("Hej moa"))
            #expect(answer["Clear-Site-Data"] == "\"cache\", \"storage\"")
            #expect(browser.cookie == nil && browser.device != nil)
        }
    }

    @Test func `the link works for two hours`() async throws {
        try await AccountSite.visited { site, client async throws in
            try await site.join(.moa, with: client)
            let browser = Browser(client)
            let link = try await link(site, browser)
            _ = try await browser.get(link)
            site.time.advance(seconds: 2 * 3600)
            let page = try await browser.post(link, ["password": Self.new])
            #expect(page.status == 410)
            #expect(page.contains("Skicka en ny länk"))
            #expect(try await browser.signIn("moa").location == "/")
        }
    }

    @Test func `a later request takes nothing from an earlier link, and one that is used voids the others`()
        async throws
    {
        try await AccountSite.visited { site, client async throws in
            try await site.join(.moa, with: client)
            let browser = Browser(client)
            let old = try await link(site, browser)
            site.time.advance(seconds: 60)
            let new = try await link(site, browser)
            #expect(old != new)
            #expect(try await browser.get(new).status == 200)
            #expect(try await browser.get(old).status == 200)
            #expect(try await browser.post(old, ["password": Self.new]).contains("Lösenordet är bytt"))
            #expect(try await browser.get(new).status == 410)
            #expect(try await browser.post(new, ["password": "en tredje båt i motvind"]).status == 410)
            #expect(try await browser.signIn("moa", Self.new).location == "/")
        }
    }

    @Test func `a report that the account is compromised voids the links from before, not its own`() async throws {
        try await AccountSite.visited { site, client async throws in
            try await site.join(.moa, with: client)
            let browser = Browser(client)
            let before = try await link(site, browser)
            try site.mail.empty()
            site.time.advance(seconds: 60)
            let moa = try #require(try site.application.accounts.find(Username("moa")))
            try await site.application.accounts.reportCompromise(
                of: moa, by: .member(moa), command: CommandID(at: site.time.now))
            // Requests by strangers at the same time do not remove the link from the mail.
            site.time.advance(seconds: 1)
            _ = try await browser.get("/glomt-losenord")
            _ = try await browser.post("/glomt-losenord", ["email": "moa@example.se"])
            let mails = try await site.mails()
            #expect(mails.count == 2)
            for mail in mails {
                #expect(try await browser.get(try #require(mail.link("/nytt-losenord/"))).status == 200)
            }
            #expect(try await browser.get(before).status == 410)
        }
    }

    @Test(.clause("P-08.2")) func `strangers who ask for links take nothing from the owner`() async throws {
        let limits = RateLimit.standard.merging([.mail: RateLimit(100, per: .hour)]) { $1 }
        try await AccountSite.visited(limits: limits) { site, client async throws in
            try await site.join(.moa, with: client)
            let stranger = Browser(client)
            for number in 0..<30 {
                _ = try await stranger.get("/glomt-losenord")
                let typed = number.isMultiple(of: 2) ? "moa@example.se" : "\u{200B}MOA@Example.SE "
                #expect(try await stranger.post("/glomt-losenord", ["email": typed]).status == 200)
            }
            let browser = Browser(client)
            _ = try await browser.get("/glomt-losenord")
            #expect(try await browser.post("/glomt-losenord", ["email": "moa@example.se"]).status == 200)
            let mails = try await site.mails()
            #expect((1...5).contains(mails.count))
            let link = try #require(mails.first?.link("/nytt-losenord/"))
            _ = try await browser.get(link)
            #expect(try await browser.post(link, ["password": Self.new]).contains("Lösenordet är bytt"))
            // Mail about the member's own action is not delayed by requests of strangers.
            #expect(try await site.mails().last?.subject == "Ditt lösenord har bytts")
        }
    }

    @Test func `what is no address is refused at the field`() async throws {
        try await AccountSite.visited { _, client async throws in
            let browser = Browser(client)
            _ = try await browser.get("/glomt-losenord")
            let page = try await browser.post("/glomt-losenord", ["email": "moa\r\nBcc: x@example.se"])
            #expect(page.status == 422)
            #expect(page.contains("id=\"email-error\""))
        }
    }
}
