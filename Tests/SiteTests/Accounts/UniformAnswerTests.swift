import Accounts
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

/// No answer reveals whether a person is a member (P-16.6).
@Suite(.clause("P-16.6")) struct UniformAnswerTests {
    @Test func `registering with a member's address or number is answered like any other`() async throws {
        try await AccountSite.visited { site, client async throws in
            try await site.join(.moa, with: client)
            let fresh = try await Browser(client).register(.nils)
            let takenEmail = try await Browser(client).register(.nils.with("email", "MOA@example.se"))
            let takenNumber = try await Browser(client).register(.nils.with("personnummer", "880917-2391"))
            #expect(fresh.status == 200)
            #expect(fresh.withoutTokens == takenEmail.withoutTokens)
            #expect(fresh.withoutTokens == takenNumber.withoutTokens)
            #expect(Set(fresh.headers.map(\.name)) == Set(takenNumber.headers.map(\.name)))
        }
    }

    @Test func `the typed address gets the same mail regardless of its owner`() async throws {
        try await AccountSite.visited { site, client async throws in
            try await site.join(.moa, with: client)
            _ = try await Browser(client).register(.nils)
            _ = try await Browser(client).register(.nils.with("email", "moa@example.se"))
            _ = try await Browser(client).register(.nils.with("personnummer", "880917-2391"))
            let mails = try await site.mails()
            #expect(mails.count == 3)
            let texts = mails.map { $0.body.replacing(/--=_[0-9a-f]*|bekrafta\/[A-Za-z0-9_-]*/, with: "") }
            #expect(Set(texts).count == 1)
            #expect(Set(mails.map(\.subject)).count == 1)
        }
    }

    @Test func `behind the mail at a member's address stands that it is a member's`() async throws {
        try await AccountSite.visited { site, client async throws in
            try await site.join(.moa, with: client)
            let browser = Browser(client)
            _ = try await browser.register(.nils.with("email", "moa@example.se"))
            let link = try #require(try await site.mails().last?.link("/bekrafta/"))
            _ = try await browser.get(link)
            #expect(try await browser.post(link, [:]).contains("Adressen hör redan till ett konto"))
        }
    }

    @Test func `a taken number makes an account like any other, and its holder is told without detail`() async throws {
        try await AccountSite.visited { site, client async throws in
            try await site.join(.moa, with: client)
            let browser = Browser(client)
            _ = try await browser.register(.nils.with("personnummer", "880917-2391"))
            let link = try #require(try await site.mails().last?.link("/bekrafta/"))
            try site.mail.empty()
            _ = try await browser.get(link)
            let page = try await browser.post(link, [:])
            #expect(page.contains("Välkommen som medlem"))
            #expect(!page.contains("personnummer"))

            let mails = try await site.mails()
            #expect(mails.map(\.to) == ["<moa@example.se>"])
            let mail = try #require(mails.first)
            #expect(mail.subject == "Någon har registrerat sig med ditt personnummer")
            for secret in ["nils", "Moa Hallin", "880917", "Enköping"] { #expect(!mail.body.contains(secret)) }
            #expect(mail.link("/logga-in") != nil && mail.link("/kontakt?galler=personnummer") != nil)
            #expect(try await browser.signIn("snickar-nisse").location == "/")
        }
    }

    @Test func `a wrong password is refused like an unknown name`() async throws {
        try await AccountSite.visited { site, client async throws in
            try await site.join(.moa, with: client)
            let wrong = try await Browser(client).signIn("moa", "fel lösenord här")
            let unknown = try await Browser(client).signIn("mao", "fel lösenord här")
            #expect(wrong.status == 422)
            #expect(wrong.withoutTokens == unknown.withoutTokens.replacing("\"mao\"", with: "\"moa\""))
        }
    }

    @Test func `asking for a new password is answered alike for everybody`() async throws {
        try await AccountSite.visited { site, client async throws in
            try await site.join(.moa, with: client)
            var answers: [Browser.Answer] = []
            for address in ["moa@example.se", "ingen@example.se"] {
                let browser = Browser(client)
                _ = try await browser.get("/glomt-losenord")
                answers.append(try await browser.post("/glomt-losenord", ["email": address]))
            }
            #expect(answers[0].status == 200)
            #expect(answers[0].withoutTokens == answers[1].withoutTokens)
            #expect(try await site.mails().map(\.to) == ["<moa@example.se>"])
        }
    }
}
