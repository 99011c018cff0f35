import Accounts
import Events
import HTTPTypes
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite(.clause("P-12.4")) struct `Changing one's own data` {
    @Test func `a username is changed, told by mail, and the old one is free`() async throws {
        try await SettingsSite.visited { site async throws in
            site.time.advance(seconds: 60)
            let browser = try await site.browser()
            let done = try await browser.fill("/installningar/anvandarnamn", ["username": "moa-hallin"])
            #expect(done.location == "/installningar?klart=anvandarnamn")
            #expect(try await browser.get("/installningar").contains(">moa-hallin"))
            #expect(try await site.mails().map(\.subject) == ["Ditt användarnamn har bytts"])
            try await site.join(Applicant(email: "ny@example.se", username: "moa", number: "198002222399"))
            #expect(try await site.browser(as: "moa").get("/installningar").contains("ny@example.se"))
        }
    }

    @Test func `a username that is taken or invalid is refused at the field, with what was typed`() async throws {
        try await SettingsSite.visited { site async throws in
            try await site.join(.nils)
            let browser = try await site.browser()
            for name in ["snickar-nisse", "SNICKAR-NISSE", "admin", "a", "19880917-2391", "<b>fet</b>"] {
                let page = try await browser.fill("/installningar/anvandarnamn", ["username": name])
                #expect(page.status == 422 && page.contains("id=\"username-error\""), "\(name)")
                #expect(name == "<b>fet</b>" ? page.contains("&lt;b&gt;fet") : page.contains("value=\"\(name)\""))
            }
            #expect(try site.state().identity.value.value?.username.text == "moa")
        }
    }

    @Test func `joining under a name chosen anew sends no mail about it`() async throws {
        try await SettingsSite.visited { site async throws in
            let browser = try await site.browser(as: nil)
            // Two applicants who want the same username and have not confirmed yet.
            var links: [String] = []
            for (email, number) in [("nils@example.se", "198002222399"), ("olle@example.se", "197602092392")] {
                _ = try await browser.register(Applicant(email: email, username: "nisse", number: number))
                links.append(try #require(try await site.mails().last?.link("/bekrafta/")))
            }
            #expect(try await browser.fill(links[0], [:]).contains("Välkommen som medlem"))
            #expect(try await browser.fill(links[1], [:]).contains("Välj ett annat användarnamn"))
            #expect(try await browser.post(links[1], ["username": "olle"]).contains("Välkommen som medlem"))
            #expect(try await site.mails().isEmpty)
        }
    }

    @Test func `a municipality is changed, and no other place is taken for one`() async throws {
        try await SettingsSite.visited { site async throws in
            let browser = try await site.browser()
            for code in ["", "9999", "'; --"] {
                let page = try await browser.fill("/installningar/kommun", ["kommun": code])
                #expect(page.status == 422 && page.contains("id=\"kommun-error\""))
            }
            #expect(try await browser.fill("/installningar/kommun", ["kommun": "0180"]).status == 303)
            let page = try await browser.get("/installningar?klart=kommun")
            #expect(
                page.contains("Stockholm") && page.contains("Kommunen är ändrad")
                    && page.contains("Angavs av dig 10 mars"))
        }
    }

    @Test(.clause("P-12.1")) func `a password takes the old one, and ends every other session with an event`()
        async throws
    {
        try await SettingsSite.visited { site async throws in
            let new = "blå stege under äppelträd"
            let (browser, other) = (try await site.browser(), try await site.browser())
            let path = "/installningar/losenord"
            let wrong = try await browser.fill(path, ["password": "fel", "new-password": new])
            #expect(wrong.status == 422 && wrong.contains("id=\"password-error\""))
            let weak = try await browser.fill(path, ["password": AccountSite.password, "new-password": "kort"])
            #expect(weak.status == 422 && weak.contains("id=\"new-password-error\""))
            #expect(!weak.contains("value=\"kort\"") && !weak.contains(AccountSite.password))
            let (before, old) = (site.account.head, browser.cookie)
            let done = try await browser.fill(path, ["password": AccountSite.password, "new-password": new])
            #expect(done.location == "/installningar?klart=losenord")
            #expect(try site.events(after: before).filter { $0 == "signed-out" }.count == 1)
            #expect(try await browser.get("/installningar").status == 200)
            // A thief of the old cookie is signed out.
            let stolen = Browser(site.client)
            #expect(old != nil && browser.cookie != nil && browser.cookie != old)
            let answer = try await stolen.get("/installningar", headers: [.cookie: old ?? ""])
            #expect(answer.status == 303)
            #expect(try site.account.site.sessions.list(of: site.moa, at: site.time.now).count == 1)
            #expect(try await other.get("/installningar").status == 303)
            #expect(try await other.signIn("moa").status == 422)
            #expect(try await other.signIn("moa", new).status == 303)
            #expect(try await site.mails().last?.subject == "Ditt lösenord har bytts")
        }
    }

    @Test(.clause("P-11.1"), .clause("P-12.4")) func `the municipality can be taken away and given again`() async throws
    {
        try await SettingsSite.visited { site async throws in
            let browser = try await site.browser()
            let before = site.account.head
            let removed = try await browser.fill("/installningar/kommun", ["ta-bort": "ja"])
            #expect(removed.location == "/installningar?klart=kommun-borttagen")
            #expect(try site.events(after: before) == ["municipality-withdrawn", "fenced"])
            #expect(try site.state().municipality == nil)
            #expect(try await browser.get("/installningar").contains("Uppgift saknas"))
            #expect(!(try await browser.get("/installningar/kommun").contains("Ta bort kommunen")))
            #expect(try await browser.post("/installningar/kommun", ["ta-bort": "ja"]).status == 303)
            #expect(try site.events(after: before).filter { $0 == "municipality-withdrawn" }.count == 1)
            #expect(try await browser.fill("/installningar/kommun", ["kommun": "0180"]).status == 303)
            #expect(try site.state().municipality?.value.value?.code == "0180")
        }
    }

    @Test func `the same form sent twice changes once`() async throws {
        try await SettingsSite.visited { site async throws in
            let browser = try await site.browser()
            _ = try await browser.get("/installningar/kommun")
            let before = site.account.head
            for _ in 1...2 {
                #expect(try await browser.post("/installningar/kommun", ["kommun": "0180"]).status == 303)
            }
            #expect(try site.events(after: before).filter { $0 == "municipality-declared" }.count == 1)
        }
    }

    @Test func `a form from another site changes nothing`() async throws {
        try await SettingsSite.visited { site async throws in
            let browser = try await site.browser()
            _ = try await browser.get("/installningar")
            for (path, fields) in [
                ("/installningar/anvandarnamn", ["username": "kapad"]),
                ("/installningar/logga-ut", ["session": "alla"]),
                ("/installningar/skyddad-identitet", ["skydd": "protected"]), ("/sajtinstallningar", [:]),
            ] {
                #expect(try await browser.post(path, fields.merging(["csrf": "x"]) { $1 }).status == 403)
            }
        }
    }
}

@Suite(.clause("P-12.2")) struct `Reporting that an account is compromised` {
    @Test func `takes the password, ends every session, voids the password and mails a link to a new one`() async throws
    {
        try await SettingsSite.visited { site async throws in
            let (browser, thief) = (try await site.browser(), try await site.browser())
            let path = "/installningar/kapat"
            #expect(try await browser.fill(path, ["password": "fel"]).status == 422)
            #expect(
                try await browser.get(path).contains("/glomt-losenord"), "the way for whoever has lost the password")
            let before = site.account.head
            let done = try await browser.fill(path, ["password": AccountSite.password])
            #expect(done.status == 200 && done.contains("Kontot är spärrat") && done.contains(">Logga in<"))
            #expect(try site.events(after: before).filter { $0 == "signed-out" }.count == 2)
            for session in [browser, thief] { #expect(try await session.get("/installningar").status == 303) }
            #expect(try await thief.signIn("moa").status == 422)
            let mail = try #require(try await site.mails().last)
            #expect(mail.subject == "Ditt konto är spärrat" && mail.to == "<moa@example.se>")
            let link = try #require(mail.link("/nytt-losenord/"))
            #expect(
                try await browser.fill(link, ["password": "blå stege under äppelträd"]).contains("Lösenordet är bytt"))
            #expect(try await browser.signIn("moa", "blå stege under äppelträd").status == 303)
        }
    }

    @Test func `tells the previous address too, as long as it can take the account back`() async throws {
        try await SettingsSite.visited { site async throws in
            let browser = try await site.browser()
            _ = try await browser.fill(
                "/installningar/epost", ["email": "moa.ny@example.se", "password": AccountSite.password])
            let link = try #require(try await site.mails().last?.link("/bekrafta-epost/"))
            _ = try await browser.fill(link, [:])
            let first = try #require(try await site.mails().last?.link("/angra-epostbyte/"))
            site.time.advance(seconds: 60)
            _ = try await browser.fill("/installningar/kapat", ["password": AccountSite.password])
            let mails = try await site.mails()
            #expect(Set(mails.map(\.to)) == ["<moa@example.se>", "<moa.ny@example.se>"])
            let toPrevious = try #require(mails.first { $0.to == "<moa@example.se>" })
            #expect(toPrevious.link("/nytt-losenord/") == nil)
            let second = try #require(toPrevious.link("/angra-epostbyte/"))
            for link in [first, second] { #expect(try await browser.get(link).status == 200) }
            #expect(try await browser.fill(second, [:]).contains("Bytet är ångrat"))
        }
    }

    @Test func `an address that somebody has asked for is not confirmed afterwards`() async throws {
        try await SettingsSite.visited { site async throws in
            let browser = try await site.browser()
            _ = try await browser.fill(
                "/installningar/epost", ["email": "tjuv@example.se", "password": AccountSite.password])
            let link = try #require(try await site.mails().last?.link("/bekrafta-epost/"))
            site.time.advance(seconds: 60)
            _ = try await browser.fill("/installningar/kapat", ["password": AccountSite.password])
            #expect(try await browser.fill(link, [:]).status == 410)
            #expect(try site.state().email?.value.value?.text == "moa@example.se")
        }
    }
}
