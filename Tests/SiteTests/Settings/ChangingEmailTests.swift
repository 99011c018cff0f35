import Accounts
import Events
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite(.clause("P-12.4")) struct `Changing the e-mail address` {
    private static let new = "moa.ny@example.se"

    private func request(
        _ site: SettingsSite, _ browser: Browser, to email: String = new, password: String = AccountSite.password
    ) async throws -> Browser.Answer {
        try await browser.fill("/installningar/epost", ["email": email, "password": password])
    }

    /// The link in the mail to the new address.
    private func link(_ site: SettingsSite, to address: String = new) async throws -> String {
        let mail = try #require(try await site.mails().first { $0.to == "<\(address)>" })
        return try #require(mail.link("/bekrafta-epost/"))
    }

    /// Changes Moa's address; returns the link that undoes it.
    private func change(_ site: SettingsSite, _ browser: Browser) async throws -> String {
        _ = try await request(site, browser)
        let link = try await link(site)
        _ = try await browser.fill(link, [:])
        let mail = try #require(try await site.mails().last)
        #expect(mail.to == "<moa@example.se>")
        return try #require(mail.link("/angra-epostbyte/"))
    }

    @Test func `is confirmed at the new address and announced at the old`() async throws {
        try await SettingsSite.visited { site async throws in
            let browser = try await site.browser()
            #expect(try await request(site, browser).location == "/installningar?klart=epost")
            let waiting = try await browser.get("/installningar?klart=epost")
            #expect(waiting.contains("Ny e-postadress") && waiting.contains(Self.new))
            #expect(try site.state().email?.value.value?.text == "moa@example.se")
            let link = try await link(site)
            // The link works without a sign-in; opening it changes nothing.
            let elsewhere = try await site.browser(as: nil)
            let page = try await elsewhere.get(link)
            #expect(page.status == 200 && page["Referrer-Policy"] == "no-referrer")
            #expect(try site.state().email?.value.value?.text == "moa@example.se")
            #expect(try await elsewhere.post(link, [:]).contains("Adressen är bytt"))
            #expect(try site.state().email?.value.value?.text == Self.new)
            let mail = try #require(try await site.mails().last)
            #expect(mail.to == "<moa@example.se>" && mail.link("/angra-epostbyte/") != nil)
            #expect(try await site.browser(as: Self.new).get("/installningar").contains("Tidigare e-postadress"))
            #expect(try await elsewhere.get(link).status == 410, "a link works once")
        }
    }

    @Test(.clause("P-16.6")) func `answers the same whether or not the address is taken`() async throws {
        try await SettingsSite.visited { site async throws in
            try await site.join(.nils)
            let browser = try await site.browser()
            let taken = try await request(site, browser, to: "nils@example.se")
            let takenPage = try await browser.get(
                try #require(taken.location?.split(separator: "#").first.map(String.init)))
            let link = try await link(site, to: "nils@example.se")
            site.time.advance(seconds: 1)
            let free = try await request(site, browser)
            let freePage = try await browser.get(
                try #require(free.location?.split(separator: "#").first.map(String.init)))
            #expect(taken.status == free.status && taken.location == free.location)
            #expect(
                takenPage.withoutTokens.replacing("nils@example.se", with: "")
                    == freePage.withoutTokens.replacing(Self.new, with: ""))
            // The newer request has voided the older link, so ask once more for the taken address.
            #expect(try await browser.fill(link, [:]).status == 410)
            site.time.advance(seconds: 1)
            _ = try await request(site, browser, to: "nils@example.se")
            let again = try await self.link(site, to: "nils@example.se")
            let told = try await browser.fill(again, [:])
            #expect(told.status == 409 && told.contains("Adressen hör redan till ett konto"))
            #expect(try site.state().email?.value.value?.text == "moa@example.se")
        }
    }

    @Test func `a link confirms the address it was sent to, and no later one`() async throws {
        try await SettingsSite.visited { site async throws in
            let browser = try await site.browser()
            _ = try await request(site, browser, to: "attack@example.se")
            let mine = try await link(site, to: "attack@example.se")
            site.time.advance(seconds: 1)
            _ = try await request(site, browser, to: "nagon.annan@example.se")
            // Before the mail to the other address is sent, which would void the first link.
            let answer = try await browser.fill(mine, [:])
            #expect(answer.status == 410)
            #expect(try site.state().email?.value.value?.text == "moa@example.se")
        }
    }

    @Test func `needs the password, an address, and another one than before`() async throws {
        try await SettingsSite.visited { site async throws in
            let browser = try await site.browser()
            let before = site.account.head
            let wrong = try await request(site, browser, password: "fel")
            #expect(wrong.status == 422 && wrong.contains("Lösenordet stämmer inte") && wrong.contains(Self.new))
            for email in ["", "ingen adress", "a@b", "moa@example.se", "x\r\nBcc: y@example.se", "<script>@example.se"]
            {
                let page = try await request(site, browser, to: email)
                #expect(page.status == 422 && page.contains("id=\"email-error\""), "\(email)")
                #expect(!page.contains("<script>@"))
            }
            #expect(site.account.head == before)
        }
    }

    @Test func `the link works for 48 hours`() async throws {
        try await SettingsSite.visited { site async throws in
            let browser = try await site.browser()
            _ = try await request(site, browser)
            let link = try await link(site)
            _ = try await browser.get(link)
            site.time.advance(seconds: 48 * 3600)
            #expect(try await browser.post(link, [:]).status == 410)
            #expect(try site.state().email?.value.value?.text == "moa@example.se")
        }
    }

    @Test(.clause("P-12.2"))
    func `is undone from the old address within seven days: everybody is out, a new password is needed`()
        async throws
    {
        try await SettingsSite.visited { site async throws in
            let thief = try await site.browser()
            let undo = try await change(site, thief)
            site.time.advance(seconds: 7 * 86_400 - 60)
            let moa = try await site.browser(as: nil)
            let page = try await moa.get(undo)
            #expect(page.status == 200 && page.contains("Ångra bytet"))
            #expect(try site.state().email?.value.value?.text == Self.new, "looking undoes nothing")
            #expect(try await moa.post(undo, [:]).contains("Bytet är ångrat"))

            #expect(try site.state().email?.value.value?.text == "moa@example.se")
            #expect(try await thief.get("/installningar").status == 303)
            #expect(try site.account.eventNames().suffix(3).contains("accounts.signed-out"))
            #expect(try await moa.signIn("moa").status == 422, "the old password is no more")
            let mails = try await site.mails()
            #expect(mails.map(\.to).allSatisfy { $0 == "<moa@example.se>" })
            let reset = try #require(mails.compactMap { $0.link("/nytt-losenord/") }.first)
            #expect(try await moa.fill(reset, ["password": "blå stege under äppelträd"]).contains("Lösenordet är bytt"))
            #expect(try await moa.signIn("moa@example.se", "blå stege under äppelträd").status == 303)
        }
    }

    @Test(.clause("P-12.2")) func `a thief's open link to a new password dies with the undoing`() async throws {
        try await SettingsSite.visited { site async throws in
            let thief = try await site.browser()
            let undo = try await change(site, thief)
            _ = try await thief.fill("/glomt-losenord", ["email": Self.new])
            let stolen = try #require(try await site.mails().last?.link("/nytt-losenord/"))
            site.time.advance(seconds: 5)
            _ = try await site.browser(as: nil).fill(undo, [:])
            let answer = try await thief.fill(stolen, ["password": "tjuvens nya lösenord"])
            #expect(answer.status == 410)
            #expect(try site.state().password == nil)
        }
    }

    @Test(.clause("P-12.2")) func `cannot be undone after seven days; then the old address is free to use`()
        async throws
    {
        try await SettingsSite.visited { site async throws in
            let browser = try await site.browser()
            let undo = try await change(site, browser)
            site.time.advance(seconds: 7 * 86_400)
            #expect(try await browser.get(undo).status == 410)
            #expect(try await browser.post(undo, [:]).status == 410)
            #expect(try site.state().email?.value.value?.text == Self.new)
        }
    }

    @Test(.clause("P-12.2")) func `there is no second change while the first can be undone`() async throws {
        try await SettingsSite.visited { site async throws in
            let browser = try await site.browser()
            _ = try await change(site, browser)
            let page = try await request(site, browser, to: "tredje@example.se")
            #expect(page.status == 422 && page.contains("går att ångra från den gamla adressen"))
            #expect(try site.state().emailChange?.unconfirmed == nil)
        }
    }

    @Test(arguments: ["/bekrafta-epost/", "/angra-epostbyte/"])
    func `a link that never was leads nowhere`(path: String) async throws {
        try await SettingsSite.visited { site async throws in
            let browser = try await site.browser(as: nil)
            for token in ["x", String(repeating: "a", count: 43), "%00", String(repeating: "z", count: 900)] {
                #expect(try await browser.get(path + token).status == 404)
            }
        }
    }
}
