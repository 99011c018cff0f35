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

@Suite(.clause("P-06.1")) struct RegistrationStoryTests {
    @Test func `somebody registers, confirms by the mail, signs in and signs out`() async throws {
        try await AccountSite.visited { site, client async throws in
            let browser = Browser(client)
            let registered = try await browser.register(.moa)
            #expect(registered.status == 200)
            #expect(registered.contains("Titta i din e-post"))

            let mail = try #require(try await site.mails().first)
            #expect(mail.to == "<moa@example.se>")
            #expect(mail.subject == "Bekräfta din e-postadress")
            #expect(mail.body.contains("Exempelbolaget Handelsbod"))
            #expect(!mail.body.contains("Moa Hallin"))
            let link = try #require(mail.link("/bekrafta/"))

            let before = site.head
            #expect(try await browser.get(link).contains("Bekräfta adressen"))
            #expect(site.head == before, "opening the link must confirm nothing: mail scanners do")
            #expect(try await browser.signIn("moa").status == 422)

            _ = try await browser.get(link)
            #expect(try await browser.post(link, [:]).contains("Välkommen som medlem"))
            #expect(try await browser.signIn("MOA@example.se").location == "/")
            #expect(try await browser.get("/").contains("Hej moa"))

            _ = try await browser.get("/logga-ut")
            #expect(try await browser.post("/logga-ut", [:]).location == "/")
            #expect(!(try await browser.get("/").contains("Hej moa")))
            #expect(try site.eventNames().suffix(2) == ["accounts.signed-in", "accounts.signed-out"])
        }
    }

    @Test func `sending the form twice signs up once`() async throws {
        try await AccountSite.visited { site, client async throws in
            let browser = Browser(client)
            _ = try await browser.get("/registrera")
            _ = try await browser.post("/registrera", Applicant.moa.fields)
            let head = site.head
            #expect(try await browser.post("/registrera", Applicant.moa.fields).contains("Titta i din e-post"))
            #expect(site.head == head)
            #expect(try await site.mails().count == 1)
        }
    }

    @Test func `going back to correct the address sends a mail to the right one`() async throws {
        try await AccountSite.visited { site, client async throws in
            let browser = Browser(client)
            _ = try await browser.get("/registrera")
            _ = try await browser.post("/registrera", Applicant.moa.with("email", "mao@example.se").fields)
            _ = try await browser.post("/registrera", Applicant.moa.fields)
            #expect(try await site.mails().map(\.to) == ["<mao@example.se>", "<moa@example.se>"])
        }
    }

    @Test func `a link that is over says so, and how to go on`() async throws {
        try await AccountSite.visited { site, client async throws in
            let browser = Browser(client)
            _ = try await browser.register(.moa)
            let link = try #require(try await site.mails().last?.link("/bekrafta/"))
            site.time.advance(seconds: 48 * 3600)
            let expired = try await browser.get(link)
            #expect(expired.status == 410)
            #expect(expired.contains("Länken har gått ut"))
            #expect(expired["Referrer-Policy"] == "no-referrer")
            #expect(expired["Cache-Control"]?.contains("no-store") == true)
            #expect(try await browser.post(link, [:]).status == 410)
            #expect(try await browser.get("/bekrafta/nonsens").status == 404)
        }
    }

    @Test func `a link works once`() async throws {
        try await AccountSite.visited { site, client async throws in
            let browser = Browser(client)
            _ = try await browser.register(.moa)
            let link = try #require(try await site.mails().last?.link("/bekrafta/"))
            _ = try await browser.get(link)
            _ = try await browser.post(link, [:])
            let head = site.head
            let again = try await browser.post(link, [:])
            #expect(again.status == 410)
            #expect(again.contains("Länken är redan använd"))
            #expect(site.head == head)
        }
    }

    @Test func `who comes second to a username chooses another`() async throws {
        try await AccountSite.visited { site, client async throws in
            let first = Browser(client)
            let second = Browser(client)
            _ = try await second.register(.nils.with("username", "moa"))
            let link = try #require(try await site.mails().last?.link("/bekrafta/"))
            try await site.join(.moa, with: client)
            #expect(try await first.register(.nils.with("username", "Moa")).contains("Användarnamnet är upptaget"))

            _ = try await second.get(link)
            let asked = try await second.post(link, [:])
            #expect(asked.status == 422)
            #expect(asked.contains("Välj ett annat användarnamn"))
            #expect(try await second.post(link, ["username": "!"]).status == 422)
            #expect(try await second.post(link, ["username": "nils"]).contains("Välkommen som medlem"))
            #expect(try await second.signIn("nils").location == "/")
        }
    }

    @Test func `an unconfirmed address gets no further than the sign-in page`() async throws {
        try await AccountSite.visited { site, client async throws in
            let browser = Browser(client)
            _ = try await browser.register(.moa)
            #expect(try await browser.signIn("moa@example.se").contains(SignInPage.refusal))
        }
    }
}
