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

@Suite(.clause("P-16.4")) struct `Judging members` {
    private let reasons = ["regel": "Medlemsvillkoren T-04.2", "handelse": "Samma annons i hundra trådar."]

    /// An administrator, and Moa, signed in.
    private func site(
        _ body: @escaping @Sendable (LeavingSite, _ nils: Browser, _ moa: Browser, MemberID) async throws -> Void
    ) async throws {
        try await LeavingSite.visited { site async throws in
            let nils = try await site.administrator()
            let moa = try await site.join(.moa)
            try await body(site, nils, moa, try site.id("moa"))
        }
    }

    private func post(_ browser: Browser, _ path: String, _ fields: [String: String]) async throws -> Browser.Answer {
        _ = try await browser.get(path)
        return try await browser.post(path, fields)
    }

    @Test func `closing for breach mails rule, facts and how to appeal, and the member cannot restore it alone`()
        async throws
    {
        try await site { site, nils, moa, id async throws in
            #expect(try await post(nils, "/admin/medlem/\(id)/stang", reasons).location == "/admin/medlem/\(id)")
            #expect(try await moa.get("/medlemmar").status == 303)
            #expect(try await site.browser.signIn("moa").status == 422)
            let mail = try await site.mail(to: "moa@example.se")
            #expect(mail.subject == "Vi har stängt ditt konto")
            #expect(mail.body.contains("Medlemsvillkoren T-04.2"))
            #expect(mail.body.contains("Samma annons i hundra trådar."))
            #expect(mail.body.contains("Till den 10 september 2026"))
            #expect(mail.link("/overklaga/") != nil)
            // The link leads to the choice of what becomes of her texts alone.
            let choice = try #require(mail.link("/aterskapa/"))
            #expect(try await !site.browser.get(choice).contains("value=\"aterskapa\""))
            #expect(mail.link("/kvitto/") != nil)

            try site.accounts.mail.empty()
            _ = try await post(site.browser, "/aterskapa", ["email": "moa@example.se"])
            let again = try await site.mail(to: "moa@example.se")
            #expect(again.link("/aterskapa/") == choice)
            #expect(again.link("/overklaga/") == mail.link("/overklaga/"))
        }
    }

    @Test func `reasons are required`() async throws {
        try await site { site, nils, _, id async throws in
            let head = site.accounts.head
            for path in ["stang", "stang-av"] {
                let refused = try await post(
                    nils, "/admin/medlem/\(id)/\(path)", ["regel": "T-04", "till": "2027-01-01"])
                #expect(refused.status == 422)
                #expect(refused.contains("Skriv vad som har hänt"))
            }
            let past = reasons.merging(["till": "2026-03-10"]) { $1 }
            #expect(
                try await post(nils, "/admin/medlem/\(id)/stang-av", past).contains("Välj en dag som inte har varit."))
            #expect(site.accounts.head == head)
        }
    }

    @Test func `a deactivated member is out until the day, and comes back by signing in`() async throws {
        try await site { site, nils, moa, id async throws in
            let fields = reasons.merging(["till": "2026-04-01"]) { $1 }
            #expect(try await post(nils, "/admin/medlem/\(id)/stang-av", fields).status == 303)
            #expect(try await moa.get("/medlemmar").status == 303)
            #expect(!(try await nils.get("/medlemmar").contains("moa")))
            #expect(try await site.browser.signIn("moa").contains(SignInPage.refusal))
            let mail = try await site.mail(to: "moa@example.se")
            #expect(mail.subject == "Ditt konto är avstängt till den 1 april 2026")
            #expect(mail.link("/overklaga/") != nil)
            let end = try #require(CalendarDate("2026-04-01")).startInStockholm
            site.time.advance(seconds: Double(end.milliseconds - site.time.now.milliseconds) / 1000 - 1)
            #expect(try await site.browser.signIn("moa").status == 422)
            site.time.advance(seconds: 1)
            #expect(try await site.browser.signIn("moa").location == "/")
            await site.waitForViews()
            #expect(try await nils.get("/medlemmar").contains("moa"))
        }
    }

    @Test func `an appeal is read with a note of it, and giving way restores the account`() async throws {
        try await site { site, nils, _, id async throws in
            _ = try await post(nils, "/admin/medlem/\(id)/stang", reasons)
            let link = try #require(try await site.mail(to: "moa@example.se").link("/overklaga/"))
            let moa = site.browser
            #expect(try await post(moa, link, ["text": " "]).status == 422)
            #expect(try await post(moa, link, ["text": "Det var inte jag."]).contains("vi har fått din begäran"))
            #expect(try await post(moa, link, ["text": "En gång till"]).status == 409)

            await site.waitForViews()
            // The author of the decision may not decide the appeal (P-08.2).
            let greta = try await site.colleague()
            #expect(!(try await nils.get("/admin/omprovningar").contains("\(id)")))
            for path in ["omprovning", "aterskapa"] {
                let own = try await post(nils, "/admin/medlem/\(id)/\(path)", ["atgard": "las", "varfor": "x"])
                #expect(own.status == 403 && own.contains("Det här gäller dig själv"))
            }
            #expect(try await greta.get("/admin/omprovningar").contains("/admin/medlem/\(id)/omprovning"))
            let page = try await greta.get("/admin/medlem/\(id)/omprovning")
            #expect(page.status == 200 && !page.contains("Det var inte jag."))
            let read = try await greta.post("/admin/medlem/\(id)/omprovning", ["atgard": "las"])
            #expect(read.contains("Det var inte jag."))
            #expect(read.contains("Samma annons i hundra trådar."))
            #expect(try site.application.accounts.dataViews(of: id).map(\.view.reason) == [.appeal])

            let done = try await greta.post(
                "/admin/medlem/\(id)/omprovning", ["atgard": "bifall", "varfor": "Det var någon annan."])
            #expect(done.location == "/admin/omprovningar")
            #expect(try site.application.accounts.member(id).active != nil)
            #expect(try await site.mail(to: "moa@example.se").subject == "Ditt konto är igång igen")
            #expect(!(try await greta.get("/admin/omprovningar").contains("\(id)")))
            #expect(try await moa.get(link).contains("Beslutet gäller inte längre"))
        }
    }

    @Test func `a rejected appeal is answered with reasons`() async throws {
        try await site { site, nils, _, id async throws in
            _ = try await post(nils, "/admin/medlem/\(id)/stang", reasons)
            let link = try #require(try await site.mail(to: "moa@example.se").link("/overklaga/"))
            _ = try await post(site.browser, link, ["text": "Det var inte jag."])
            let path = "/admin/medlem/\(id)/omprovning"
            let greta = try await site.colleague()
            let refused = try await post(greta, path, ["atgard": "avsla", "regel": "T-04.2"])
            #expect(refused.status == 422)
            let fields = ["atgard": "avsla", "regel": "T-04.2", "handelse": "Loggen visar att det var du."]
            #expect(try await greta.post(path, fields).status == 303)
            let mail = try await site.mail(to: "moa@example.se")
            #expect(mail.subject == "Vi har prövat beslutet om ditt konto igen")
            #expect(mail.body.contains("Loggen visar att det var du."))
            #expect(try await site.browser.get(link).contains("Beslutet är redan omprövat"))
        }
    }

    @Test func `the time to appeal runs out`() async throws {
        try await site { site, nils, _, id async throws in
            _ = try await post(nils, "/admin/medlem/\(id)/stang", reasons)
            let link = try #require(try await site.mail(to: "moa@example.se").link("/overklaga/"))
            site.time.advance(by: try #require(Period("P6M")))
            #expect(try await site.browser.get(link).status == 410)
        }
    }

    @Test func `nobody judges oneself, and the last administrator stays`() async throws {
        try await site { site, nils, _, moa async throws in
            let id = try site.id("snickar-nisse")
            #expect(try await nils.get("/admin/medlem/\(id)").contains("Det är ditt eget konto."))
            let own = try await post(nils, "/admin/medlem/\(id)/stang", reasons)
            #expect(own.status == 403 && own.contains("Det här gäller dig själv"))
            #expect(try site.application.accounts.member(id).active != nil)
        }
    }

    @Test(.clause("P-16.6")) func `an administrator restores with a reason that is noted`() async throws {
        try await site { site, nils, moa, id async throws in
            try await site.leave(moa)
            let path = "/admin/medlem/\(id)/aterskapa"
            #expect(try await post(nils, path, [:]).status == 422)
            #expect(try await post(nils, path, ["varfor": "Ringde och bad om det"]).status == 303)
            #expect(try site.application.accounts.member(id).active != nil)
            let views = try site.application.accounts.dataViews(of: id)
            #expect(views.map(\.view.reason) == [.restoring])
            #expect(views.first?.view.note?.value.value?.text == "Ringde och bad om det")
        }
    }
}

@Suite(.clause("P-16.7")) struct `Opening somebody's data` {
    private func site(
        _ body: @escaping @Sendable (LeavingSite, _ nils: Browser, MemberID) async throws -> Void
    ) async throws {
        try await LeavingSite.visited { site async throws in
            let nils = try await site.administrator()
            let moa = try await site.join(.moa)
            let id = try site.id("moa")
            try await site.leave(moa)
            try await body(site, nils, id)
        }
    }

    @Test func `takes a reason, which is noted before anything is shown`() async throws {
        try await site { site, nils, id async throws in
            let page = try await nils.get("/admin/medlem/\(id)")
            #expect(page.contains("Avslutat av medlemmen"))
            for secret in ["moa", "Hallin", "19880917", "example.se"] { #expect(!page.contains(secret)) }
            let path = "/admin/medlem/\(id)/uppgifter"
            _ = try await nils.get(path)
            #expect(try await nils.post(path, [:]).status == 422)
            #expect(try site.application.accounts.dataViews(of: id).isEmpty)
            let opened = try await nils.post(path, ["skal": "support", "anteckning": "Ärende 7"])
            #expect(opened.contains("Moa Hallin"))
            #expect(opened.contains("198809172391"))
            #expect(opened["Cache-Control"] == "private, no-store")
            #expect(try site.application.accounts.dataViews(of: id).map(\.view.reason) == [.support])
            #expect(!(try await nils.get("/admin/medlem/\(id)").contains("Hallin")))
        }
    }

    @Test(arguments: ["moa@example.se", "19880917-2391", "moa"])
    func `finds a former member by an exact value and a reason`(text: String) async throws {
        try await site { site, nils, id async throws in
            _ = try await nils.get("/admin/medlemmar/sok")
            #expect(try await nils.post("/admin/medlemmar/sok", ["sok": text]).status == 422)
            let found = try await nils.post("/admin/medlemmar/sok", ["sok": text, "skal": "support"])
            #expect(found.contains("Moa Hallin"))
            #expect(try site.application.accounts.dataViews(of: id).count == 1)
            let none = try await nils.post("/admin/medlemmar/sok", ["sok": "ingen@example.se", "skal": "support"])
            #expect(none.contains("Ingen medlem har de uppgifterna."))
        }
    }

    @Test(.clause("P-16.3")) func `is over for everybody when the time is out, whether or not anything was erased`()
        async throws
    {
        try await site { site, nils, id async throws in
            site.time.advance(by: try #require(Period("P1Y")))
            _ = try await nils.signIn("snickar-nisse")
            let path = "/admin/medlem/\(id)/uppgifter"
            _ = try await nils.get(path)
            #expect(try await nils.post(path, ["skal": "support"]).status == 409)
            _ = try await nils.get("/admin/medlemmar/sok")
            let searched = try await nils.post("/admin/medlemmar/sok", ["sok": "moa", "skal": "support"])
            #expect(searched.contains("Ingen medlem har de uppgifterna."))
            _ = try await nils.get("/admin/medlem/\(id)/aterskapa")
            #expect(try await nils.post("/admin/medlem/\(id)/aterskapa", ["varfor": "x"]).status == 409)
            #expect(try site.application.accounts.dataViews(of: id).isEmpty)
        }
    }

    @Test func `is nothing for moderators and auditors`() async throws {
        try await site { site, nils, id async throws in
            let greta = try await site.join(
                Applicant(email: "greta@example.se", username: "greta", number: "199002022383"))
            for role in [Role.moderator, .auditor] {
                try await site.application.accounts.grantRole(
                    role, to: site.id("greta"), by: .operator, command: site.command())
            }
            await site.waitForViews()
            for path in [
                "/admin/medlem/\(id)", "/admin/medlem/\(id)/uppgifter", "/admin/medlemmar/sok",
                "/admin/medlemmar/avslutade", "/admin/omprovningar", "/admin/medlem/\(id)/bevara",
            ] {
                #expect(try await greta.get(path).status == 403, "\(path)")
            }
            #expect(try await nils.get("/admin/medlemmar/avslutade").contains("/admin/medlem/\(id)"))
        }
    }
}
