import Accounts
import Events
import Forum
import HummingbirdTesting
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite(.clause("P-16.6")) struct `Coming back` {
    /// Moa has closed her account, and the mail with the restore link has arrived.
    private func left(_ site: LeavingSite) async throws -> String {
        let moa = try await site.join(.moa)
        try await site.leave(moa)
        let link = try #require(try await site.mail(to: "moa@example.se").link("/aterskapa/"))
        try site.accounts.mail.empty()
        return link
    }

    private func restore(_ link: String, _ site: LeavingSite, _ fields: [String: String] = [:]) async throws
        -> Browser.Answer
    {
        let browser = site.browser
        // The page behind an expired link has no form, but a browser that opened it earlier still does.
        _ = try await browser.get("/aterskapa")
        _ = try await browser.get(link)
        return try await browser.post(link, ["atgard": "aterskapa"].merging(fields) { $1 })
    }

    @Test func `the link brings everything back but the newsletter`() async throws {
        try await LeavingSite.visited { site async throws in
            let id: MemberID
            let moa = try await site.join(.moa.with("newsletter", "yes"))
            id = try site.id("moa")
            try await site.leave(moa)
            let link = try #require(try await site.mail(to: "moa@example.se").link("/aterskapa/"))
            let head = site.accounts.head
            #expect(try await site.browser.get(link).contains("Återskapa kontot moa"))
            #expect(site.accounts.head == head, "opening the link must restore nothing: mail scanners do")
            let restored = try await restore(link, site)
            #expect(restored.contains("Välkommen tillbaka") && restored.contains("inställningar är tillbaka"))
            #expect(restored.contains("Det här följde inte med: nyhetsbrevet, det du bevakade"))
            let account = try #require(try site.application.accounts.member(id).active)
            #expect(account.newsletter == nil)
            #expect(account.municipality?.value.value != nil)
            #expect(try await site.browser.signIn("moa").location == "/")
            #expect(try await site.mail(to: "moa@example.se").subject == "Ditt konto är igång igen")
            #expect(try await site.browser.get(link).contains("Kontot är redan igång"))
        }
    }

    @Test(arguments: [(364, true), (365, false), (366, false), (400, false)])
    func `the restore link works for a year, whether or not anything was erased`(days: Int, isOpen: Bool) async throws {
        try await LeavingSite.visited { site async throws in
            let link = try await left(site)
            site.time.advance(by: try #require(Period("P\(days)D")))
            let answer = try await site.browser.get(link)
            #expect(answer.status == (isOpen ? 200 : 410))
            #expect(answer.contains("går inte längre att återskapa") != isOpen)
            let restored = try await restore(link, site)
            #expect(restored.status == (isOpen ? 200 : 410))
            #expect((try site.application.accounts.member(site.id("moa")).active != nil) == isOpen)
            #expect(try await site.browser.signIn("moa").status == (isOpen ? 303 : 422))
        }
    }

    @Test func `a closed account is not signed in to, and nobody is told why`() async throws {
        try await LeavingSite.visited { site async throws in
            _ = try await left(site)
            let closed = try await site.browser.signIn("moa")
            let wrong = try await site.browser.signIn("finns-inte")
            #expect(closed.status == 422)
            #expect(
                closed.withoutTokens.replacing("moa", with: "") == wrong.withoutTokens.replacing("finns-inte", with: "")
            )
            #expect(closed.contains("Har du avslutat kontot?"))
        }
    }

    @Test func `every request for the link gets the same answer, and the mail goes to the registered address`()
        async throws
    {
        try await LeavingSite.visited { site async throws in
            let link = try await left(site)
            var answers: [String] = []
            for email in ["moa@example.se", "ingen@example.se"] {
                let browser = site.browser
                _ = try await browser.get("/aterskapa")
                let answer = try await browser.post("/aterskapa", ["email": email])
                #expect(answer.status == 200)
                answers.append(answer.withoutTokens)
            }
            #expect(answers[0] == answers[1])
            let mails = try await site.accounts.mails()
            #expect(mails.map(\.to) == ["<moa@example.se>"])
            #expect(mails.first?.link("/aterskapa/") == link, "the mail that was kept goes on working")
        }
    }

    @Test func `an account in use is mailed no restore link`() async throws {
        try await LeavingSite.visited { site async throws in
            _ = try await site.join(.moa)
            let browser = site.browser
            _ = try await browser.get("/aterskapa")
            _ = try await browser.post("/aterskapa", ["email": "moa@example.se"])
            #expect(try await site.accounts.mails().isEmpty)
        }
    }

    @Test func `a link from before another closing leads nowhere`() async throws {
        try await LeavingSite.visited { site async throws in
            let first = try await left(site)
            #expect(try await restore(first, site).status == 200)
            let moa = site.browser
            _ = try await moa.signIn("moa")
            try await site.leave(moa)
            let second = try #require(try await site.mail(to: "moa@example.se").link("/aterskapa/"))
            #expect(first != second)
            #expect(try await restore(first, site).status == 409)
            #expect(try await restore(second, site).status == 200)
        }
    }

    @Test(.clause("P-01.3")) func `a returning member accepts the texts in force now`() async throws {
        try await LeavingSite.visited { site async throws in
            let link = try await left(site)
            let version = try await site.publishNextPolicy()
            let page = try await site.browser.get(link)
            #expect(page.contains("name=\"policy\""))
            #expect(page.contains("name=\"terms\""))
            let terms = ["policy-version": version, "terms-version": "2019-08-18"]
            let refused = try await restore(link, site, terms.merging(["policy": "ja"]) { $1 })
            #expect(refused.status == 422)
            #expect(refused.contains("Du behöver godkänna medlemsvillkoren"))
            let old = terms.merging(["policy": "ja", "terms": "ja", "policy-version": "2019-08-18"]) { $1 }
            #expect(try await restore(link, site, old).status == 422)
            #expect(try await restore(link, site, terms.merging(["policy": "ja", "terms": "ja"]) { $1 }).status == 200)
            let account = try #require(try site.application.accounts.member(site.id("moa")).active)
            #expect(account.policy?.version.description == version)
        }
    }

    @Test(.clause("P-16.1")) func `what becomes of the texts can be chosen until the account is erased`() async throws {
        try await LeavingSite.visited { site async throws in
            let moa = try await site.join(.moa)
            let id = try site.id("moa")
            let written = try await site.write("Moa här", by: id)
            try await site.leave(moa, ["radera": "post:\(written.post)"])
            let link = try #require(try await site.mail(to: "moa@example.se").link("/aterskapa/"))
            let browser = site.browser
            #expect(try await browser.get(link).contains("value=\"post:\(written.post)\" checked"))
            let kept = try await browser.post(link, ["atgard": "texts", "inlagg": "anonymise"])
            #expect(kept.contains("Ditt val är sparat."))
            #expect(kept.contains("value=\"post:\(written.post)\">"))
            #expect(try site.application.accounts.member(id).closing?.marked == [])
            _ = try await browser.post(link, ["atgard": "texts", "inlagg": "erase"])
            #expect(try site.application.accounts.member(id).closing?.texts == .erase)
            site.time.advance(by: try #require(Period("P1Y")))
            #expect(try await browser.post(link, ["atgard": "texts", "inlagg": "anonymise"]).status == 410)
            #expect(try site.application.accounts.member(id).closing?.texts == .erase)
        }
    }

    @Test func `what was never a link is not found`() async throws {
        try await LeavingSite.visited { site async throws in
            #expect(try await site.browser.get("/aterskapa/nonsens").status == 404)
            let unknown = "/aterskapa/" + String(repeating: "a", count: 43)
            #expect(try await site.browser.get(unknown).status == 404)
        }
    }

    @Test(.clause("P-12.2")) func `both addresses are told while a change of address can be undone`() async throws {
        try await LeavingSite.visited { site async throws in
            let moa = try await site.join(.moa)
            let id = try site.id("moa")
            let accounts = site.application.accounts
            try await accounts.requestEmailChange(
                of: id, to: EmailAddress("tjuv@example.org"), command: site.command())
            try await accounts.confirmEmailChange(of: id, linkMadeAt: site.time.now, command: site.command())
            _ = try await site.accounts.mails()
            try site.accounts.mail.empty()
            try await site.leave(moa)
            let told = try await site.accounts.mails()
            #expect(Set(told.map(\.to)) == ["<moa@example.se>", "<tjuv@example.org>"])
            let previous = try await site.mail(to: "moa@example.se")
            #expect(previous.link("/aterskapa/") == nil, "the way back goes to the registered address")
            #expect(previous.link("/aterskapa") != nil)
            #expect(previous.link("/kvitto/") != nil)

            let link = try #require(try await site.mail(to: "tjuv@example.org").link("/aterskapa/"))
            try site.accounts.mail.empty()
            _ = try await restore(link, site)
            #expect(Set(try await site.accounts.mails().map(\.to)) == ["<moa@example.se>", "<tjuv@example.org>"])
        }
    }

    @Test(.clause("P-12.2")) func `whose account was taken and closed undoes the change and comes back`() async throws {
        try await LeavingSite.visited { site async throws in
            let moa = try await site.join(.moa)
            let id = try site.id("moa")
            let accounts = site.application.accounts
            try await accounts.requestEmailChange(
                of: id, to: EmailAddress("tjuv@example.org"), command: site.command())
            try await accounts.confirmEmailChange(of: id, linkMadeAt: site.time.now, command: site.command())
            let undo = try #require(
                try await site.accounts.mails().compactMap { $0.link("/angra-epostbyte/") }.first)
            try await site.leave(moa)
            let thiefs = try #require(try await site.mail(to: "tjuv@example.org").link("/aterskapa/"))
            try site.accounts.mail.empty()
            let browser = site.browser
            let undone = try await browser.fill(undo, [:])
            #expect(undone.contains("Bytet är ångrat") && undone.contains("det är avslutat"))
            #expect(try await site.mail(to: "moa@example.se").link("/aterskapa") != nil)
            #expect(try await site.browser.get(thiefs).status == 404, "the link at the thief's address")
            try site.accounts.mail.empty()
            _ = try await browser.get("/aterskapa")
            _ = try await browser.post("/aterskapa", ["email": "moa@example.se"])
            let link = try #require(try await site.mail(to: "moa@example.se").link("/aterskapa/"))
            #expect(try await restore(link, site).contains("Lösenordet gäller inte längre"))
            #expect(try await site.browser.signIn("moa").status == 422, "the thief knows the old one")
            _ = try await browser.fill("/glomt-losenord", ["email": "moa@example.se"])
            let reset = try #require(try await site.mail(to: "moa@example.se").link("/nytt-losenord/"))
            _ = try await browser.fill(reset, ["password": "blå stege under äppelträd"])
            #expect(try await browser.signIn("moa", "blå stege under äppelträd").status == 303)
        }
    }
}

extension LeavingSite {
    /// Publishes a later version of the policy with a minor change, in force from the next day, and sets the clock to that day.
    func publishNextPolicy() async throws -> String {
        let present = try application.accounts.policyInForce(at: time.now)
        let day = try #require(Period("P1D"))
        let version = time.now.adding(day).stockholmDate.description
        let document = try PolicyDocument(
            text: present.text.markdown,
            rules: present.rules.json.replacing("\"version\":\"2019-08-18\"", with: "\"version\":\"\(version)\"")
                .replacing("\"change\":\"major\"", with: "\"change\":\"minor\""), directory: "test/")
        try await application.accounts.publish(document, by: .operator, command: command())
        time.advance(by: day)
        try await application.accounts.bringVersionsIntoForce()
        return version
    }
}
