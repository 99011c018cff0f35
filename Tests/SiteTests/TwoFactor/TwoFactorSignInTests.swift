import Events
import Foundation
import HTTPTypes
import Testing
import Testkit

@testable import Accounts
@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite(.clause("P-12.1")) struct `Two-factor sign-in` {
    @Test func `is set up with the password, a QR code or the key as text, and a first code`() async throws {
        try await LeavingSite.visited { site async throws in
            let moa = try await site.join(.moa)
            let path = "/installningar/inloggning/tva-steg"
            #expect(try await moa.get("/installningar/inloggning").contains(path))
            _ = try await moa.get(path)
            let wrong = try await moa.post(path, ["password": "fel lösenord helt"])
            #expect(wrong.status == 422 && !wrong.contains("<svg"))
            let page = try await moa.post(path, ["password": AccountSite.password])
            #expect(page.contains("<svg width=\"240\"") && !page.contains("data:"))
            #expect(page["content-security-policy"]?.contains("default-src 'none'") == true)
            #expect(page["cache-control"]?.contains("no-store") == true)
            let key = try page.app.secret.base32
            #expect(
                page.contains(
                    "otpauth://totp/Mikrof%C3%B6retag:moa?secret=\(key)&amp;issuer=Mikrof%C3%B6retag&amp;algorithm=SHA1&amp;digits=6&amp;period=30"
                ))
            #expect(page.contains("inputmode=\"numeric\"") && page.contains("autocomplete=\"one-time-code\""))
            let token = try page.hidden("uppsattning")
            for code in ["", "12345", "000000", try page.app.code(at: site.time.now, 3)] {
                let again = try await moa.post(path + "/bekrafta", ["uppsattning": token, "kod": code])
                #expect(again.status == 422 && again.contains("class=\"error\""), "\(code)")
                #expect(try again.app.secret == page.app.secret, "the same key stays")
            }
            #expect(try site.application.accounts.member(site.id("moa")).active?.twoFactor == nil)
            let typed = try page.app.code(at: site.time.now)
            let done = try await moa.post(
                path + "/bekrafta", ["uppsattning": token, "kod": " \(typed.prefix(3)) \(typed.suffix(3)) "])
            #expect(done.recoveryCodes.count == 10)
            #expect(try await !moa.get("/installningar/inloggning").contains(done.recoveryCodes[0]))
            #expect(try await moa.get(path).location == "/installningar/inloggning", "a key is shown once")
            #expect(try await site.subjects(to: "moa@example.se").last == "Tvåstegsinloggning är påslagen")
        }
    }

    @Test func `asks for a code after the password, and begins no session before it`() async throws {
        try await LeavingSite.visited { site async throws in
            let (app, _) = try await site.setUpTwoFactor(site.join(.moa))
            let head = site.accounts.head
            let browser = site.browser
            #expect(try await browser.signIn("moa", "fel lösenord helt").contains(SignInPage.refusal))
            let cookie = { browser.cookie }
            let page = try await browser.signIn("moa")
            let before = cookie()
            #expect(page.status == 200 && page.contains("Skriv koden ur din app") && page.cookies.isEmpty)
            #expect(try await browser.get("/installningar").location?.hasPrefix("/logga-in") == true)
            #expect(site.accounts.head == head, "nothing has happened yet")
            let wrong = try await browser.enter("000000", after: page)
            #expect(wrong.status == 422 && wrong.contains("Koden stämmer inte"))
            #expect(!wrong.contains("value=\"000000\""))
            let signedIn = try await browser.enter(site.nextCode(app), after: wrong)
            #expect(signedIn.location == "/" && cookie() != before)
            #expect(try await browser.get("/installningar").status == 200)
            let names = try site.accounts.eventNames(after: head)
            #expect(names == ["accounts.signed-in", "accounts.second-factor-shown"])
        }
    }

    @Test func `takes a code once, and the page's token once, in the browser it was made for`() async throws {
        try await LeavingSite.visited { site async throws in
            let (app, _) = try await site.setUpTwoFactor(site.join(.moa))
            let (mine, other) = (site.browser, site.browser)
            let (page, theirs) = (try await mine.signIn("moa"), try await other.signIn("moa"))
            let code = site.nextCode(app)
            let elsewhere = try await other.post(
                "/logga-in/kod", ["inloggning": try page.hidden("inloggning"), "kod": code])
            #expect(elsewhere.status == 422 && elsewhere.contains("Börja om med lösenordet"))
            #expect(try await mine.enter(code, after: page).location == "/")
            #expect(try await other.enter(code, after: theirs).contains("Koden stämmer inte"))
            #expect(try await mine.enter(site.nextCode(app), after: page).location == nil)
        }
    }

    @Test func `begins again after ten minutes, after five wrong codes, and when the password was changed`()
        async throws
    {
        try await LeavingSite.visited { site async throws in
            let (app, _) = try await site.setUpTwoFactor(site.join(.moa))
            let browser = site.browser
            let late = try await browser.signIn("moa")
            site.time.advance(seconds: 601)
            #expect(try await browser.enter(app.code(at: site.time.now), after: late).contains("Börja om"))
            var page = try await browser.signIn("moa")
            for _ in 1...4 {
                page = try await browser.enter("000000", after: page)
                #expect(page.contains("Koden stämmer inte"))
            }
            #expect(try await browser.enter("000000", after: page).contains("Börja om"))
            #expect(try await browser.enter(site.nextCode(app), after: page).contains("Börja om"))
            site.time.advance(seconds: 3600)
            page = try await browser.signIn("moa")
            let id = try site.id("moa")
            let new = try Password("åtta sura citroner", by: site.application.accounts.passwordRules(for: id))
            try await site.application.accounts.changePassword(
                of: id, from: EnteredPassword(AccountSite.password), to: new, command: site.command())
            #expect(try await browser.enter(site.nextCode(app), after: page).contains("Koden stämmer inte"))
        }
    }

    @Test
    func
        `refuses even a right code after ten wrong ones in an hour, says so to nobody but the member, and lets recovery codes in`()
        async throws
    {
        try await LeavingSite.visited { site async throws in
            let (app, codes) = try await site.setUpTwoFactor(site.join(.moa))
            let browser = site.browser
            for _ in 1...2 {
                var page = try await browser.signIn("moa")
                for _ in 1...5 { page = try await browser.enter("000000", after: page) }
            }
            let page = try await browser.signIn("moa")
            let refused = try await browser.enter(site.nextCode(app), after: page)
            #expect(refused.contains("Koden stämmer inte"))
            let subjects = try await site.subjects(to: "moa@example.se")
            #expect(subjects.filter { $0 == "Någon kan ditt lösenord men inte koden" }.count == 1)
            #expect(try await browser.enter(codes[0], after: refused).location == "/")
            site.time.advance(seconds: 3600)
            let later = site.browser
            #expect(try await later.enter(site.nextCode(app), after: later.signIn("moa")).location == "/")
        }
    }

    @Test func `takes a recovery code once, tells the member, and asks for new ones when few are left`() async throws {
        try await LeavingSite.visited { site async throws in
            let (_, codes) = try await site.setUpTwoFactor(site.join(.moa))
            for (used, code) in codes.prefix(7).enumerated() {
                let browser = site.browser
                #expect(
                    try await browser.enter(code.replacing("-", with: " "), after: browser.signIn("moa")).location
                        == "/")
                let again = site.browser
                #expect(try await again.enter(code, after: again.signIn("moa")).status == 422)
                let subject = try await site.subjects(to: "moa@example.se").last
                #expect(subject == (used < 6 ? "En återställningskod har använts" : "Få återställningskoder är kvar"))
            }
        }
    }

    @Test func `is not got around by a new password, a mailed link, restoring, or the site as it was`() async throws {
        try await LeavingSite.visited { site async throws in
            let moa = try await site.join(.moa)
            let (app, _) = try await site.setUpTwoFactor(moa)
            try site.accounts.mail.empty()
            let browser = site.browser
            _ = try await browser.get("/glomt-losenord")
            _ = try await browser.post("/glomt-losenord", ["email": "moa@example.se"])
            let link = try #require(try await site.accounts.mails().last?.link("/nytt-losenord/"))
            _ = try await browser.get(link)
            #expect(try await browser.post(link, ["password": "åtta sura citroner"]).contains("Lösenordet är bytt"))
            #expect(try await browser.get("/installningar").location?.hasPrefix("/logga-in") == true)
            let page = try await browser.signIn("moa", "åtta sura citroner")
            #expect(page.contains("Skriv koden ur din app"))
            #expect(try await browser.enter(site.nextCode(app), after: page).location == "/")

            try site.accounts.mail.empty()
            #expect(try await site.leave(browser, ["password": "åtta sura citroner"]).status == 200)
            let back = try #require(try await site.accounts.mails().last?.link("/aterskapa/"))
            let returning = site.browser
            _ = try await returning.get(back)
            #expect(try await returning.post(back, ["atgard": "aterskapa"]).status == 200)
            #expect(try await returning.get("/installningar").location?.hasPrefix("/logga-in") == true)
            #expect(try await returning.signIn("moa", "åtta sura citroner").contains("Skriv koden ur din app"))
        }
        #expect(Address.signInCode.past == .asUsual, "the site as it was signs in by the same pages")
    }

    @Test func `is in the way of every session: they begin in one place`() throws {
        let sources = project.appending(path: "Sources")
        let files = try #require(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
        let places = try files.compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }.filter {
            try String(contentsOf: $0, encoding: .utf8).contains("essions.begin(")
        }.map(\.lastPathComponent)
        // The second file is for tests alone.
        #expect(Set(places) == ["SigningIn.swift", "SiteContext+SignIn.swift"])
        #expect(
            try !files.compactMap { $0 as? URL }.contains {
                try String(contentsOf: $0, encoding: .utf8).contains("context.signIn(")
            })
    }
}
