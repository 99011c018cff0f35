import Accounts
import Events
import Projections
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite(.clause("P-12.4")) struct `Asking for a correction` {
    private static let path = "/installningar/rattelse"

    private func ask(_ browser: Browser, _ field: String, _ fields: [String: String]) async throws -> Browser.Answer {
        try await browser.fill(
            "\(Self.path)?uppgift=\(field)", at: Self.path, fields.merging(["uppgift": field]) { $1 })
    }

    private func waiting(_ site: SettingsSite) async throws -> CorrectionList.Entry {
        try await site.catchUp()
        return try #require(
            try site.account.application.views.corrections.waiting(page: 1).entries.first)
    }

    /// Astrid administers; Moa has requested a correction.
    private func asked(
        _ field: String, _ fields: [String: String],
        _ body: @Sendable (SettingsSite, Browser, String) async throws -> Void
    ) async throws {
        try await SettingsSite.visited { site async throws in
            try await site.join(.astrid, as: .administrator)
            #expect(try await ask(site.browser(), field, fields).location == "/installningar?klart=rattelse#rattelser")
            try await body(site, site.browser(as: "astrid"), "/admin/rattelse/\(try await waiting(site).id)")
        }
    }

    @Test func `is noted with its state, and another for the same field must wait`() async throws {
        try await SettingsSite.visited { site async throws in
            let browser = try await site.browser()
            _ = try await ask(browser, "name", ["nytt-namn": "Moa Berg", "skal": "Gift <3"])
            let page = try await browser.get("/installningar")
            #expect(page.contains("Väntar på beslut") && page.contains("Moa Berg") && page.contains("Gift &lt;3"))
            #expect(page.contains("Moa Hallin"), "nothing has changed yet")
            #expect(try await browser.get("\(Self.path)?uppgift=name").contains("redan en begäran"))
            let before = site.account.head
            #expect(try await ask(browser, "name", ["nytt-namn": "Moa Ek"]).status == 422)
            #expect(site.account.head == before)
            #expect(try await ask(browser, "sex", ["nytt-kon": "female"]).status == 303)
        }
    }

    @Test(arguments: [
        ("name", ["nytt-namn": ""]), ("name", ["nytt-namn": "Moa Hallin"]), ("name", ["nytt-namn": "Moa\u{202E}"]),
        ("sex", [:]), ("sex", ["nytt-kon": "male"]), ("sex", ["nytt-kon": "annat"]),
        ("personal-identity-number", ["nytt-personnummer": "123"]),
        ("personal-identity-number", ["nytt-personnummer": "19880917-2391"]),
        ("personal-identity-number", ["nytt-personnummer": "201912302391"]),
    ])
    func `is validated as at registration`(field: String, fields: [String: String]) async throws {
        try await SettingsSite.visited { site async throws in
            let browser = try await site.browser()
            let before = site.account.head
            let page = try await ask(browser, field, fields)
            #expect(page.status == 422 && page.contains("class=\"error\""))
            #expect(site.account.head == before)
        }
    }

    @Test(arguments: ["", "email", "password-hash"]) func `is about three fields only`(field: String) async throws {
        try await SettingsSite.visited { site async throws in
            let browser = try await site.browser()
            #expect(try await browser.get("\(Self.path)?uppgift=\(field)").contains("Vad stämmer inte?"))
            #expect(try await browser.post(Self.path, ["uppgift": field, "nytt-namn": "Xa"]).status == 400)
        }
    }

    @Test(.clause("P-14.1")) func `a number is never echoed, neither when it is refused nor when it is kept`()
        async throws
    {
        try await SettingsSite.visited { site async throws in
            let browser = try await site.browser()
            let long = String(repeating: "x", count: 2001)
            let refused = try await ask(
                browser, "personal-identity-number", ["nytt-personnummer": "198002222399", "skal": long])
            #expect(refused.status == 422 && !refused.contains("2399"))
            #expect(
                try await ask(browser, "personal-identity-number", ["nytt-personnummer": "198002222399"]).status == 303)
            #expect(!(try await browser.get("/installningar").contains("2399")))
            for event in try site.account.application.log.events(after: 0, limit: 1000) {
                #expect(!String(decoding: event.clear.bytes, as: UTF8.self).contains(/800222-?2399/))
            }
        }
    }

    @Test(.clause("P-16.7")) func `is opened by an administrator only after a reason, which the member sees`()
        async throws
    {
        try await asked("name", ["nytt-namn": "Moa Berg", "skal": "Gift"]) { site, astrid, path async throws in
            #expect(try await astrid.get("/admin/rattelser").contains(path))
            let closed = try await astrid.get(path)
            #expect(closed.status == 200)
            for value in ["Moa Berg", "Moa Hallin", "Gift"] { #expect(!closed.contains(value)) }
            for unfit in [" ", String(repeating: "x", count: 501)] {
                #expect(try await astrid.post(path, ["atgard": "oppna", "anteckning": unfit]).status == 422)
            }
            #expect(try site.accounts.dataViews(of: site.moa).isEmpty)
            _ = try await astrid.get(path)
            let open = try await astrid.post(path, ["atgard": "oppna", "anteckning": "Jämför med pass"])
            #expect(open.contains("Moa Berg") && open.contains("Moa Hallin") && open.contains("Gift"))
            #expect(open["Cache-Control"] == "no-store")
            let view = try #require(try site.accounts.dataViews(of: site.moa).first)
            #expect(view.view.reason == .correction)
            #expect(try view.viewer == .member(site.member("astrid")))
            #expect(!(try await astrid.get(path).contains("Moa Berg")))
            #expect(try await site.browser().get("/installningar").contains("Jämför med pass"))
        }
    }

    @Test func `is compared, then approved with reasons; the member is told and sees the change`() async throws {
        try await asked("name", ["nytt-namn": "Moa Berg"]) { site, astrid, path async throws in
            _ = try await astrid.get(path)
            let early = try await astrid.post(path, ["atgard": "godkann", "skal": "Passet säger så"])
            #expect(early.status == 422 && early.contains("inte jämförd än"))
            _ = try await astrid.get(path)
            #expect(try await astrid.post(path, ["atgard": "jamfor"]).status == 422)
            _ = try await astrid.post(path, ["atgard": "jamfor", "jamforelse": "document-agrees"])
            _ = try await astrid.get(path)
            #expect(try await astrid.post(path, ["atgard": "godkann", "skal": ""]).status == 422)
            let done = try await astrid.post(path, ["atgard": "godkann", "skal": "Passet säger så"])
            #expect(done.location == "\(path)?klart=avgjord")
            let mail = try #require(try await site.mails().last)
            #expect(mail.subject == "Din begäran om rättelse är godkänd" && mail.to == "<moa@example.se>")
            #expect(!mail.body.contains("Moa Berg") && !mail.body.contains("Passet"))
            let page = try await site.browser().get("/installningar")
            #expect(
                page.contains("Moa Berg") && page.contains("Rättades av administrationen")
                    && page.contains("Passet säger så"))
            #expect(!page.contains("Moa Hallin"))
        }
    }

    @Test func `what differs from its proof cannot be approved, only rejected`() async throws {
        try await asked("sex", ["nytt-kon": "female"]) { site, astrid, path async throws in
            _ = try await astrid.get(path)
            _ = try await astrid.post(path, ["atgard": "jamfor", "jamforelse": "differs"])
            #expect(!(try await astrid.get(path).contains(">Godkänn<")))
            let refused = try await astrid.post(path, ["atgard": "godkann", "skal": "Ändå"])
            #expect(refused.status == 422 && refused.contains("Bara det som stämmer"))
            #expect(try await astrid.post(path, ["atgard": "avsla", "skal": "Stämmer inte"]).status == 303)
            #expect(try await site.mails().last?.subject == "Din begäran om rättelse är avslagen")
            _ = try await astrid.get("/admin/rattelser")
            let again = try await astrid.post(path, ["atgard": "avsla", "skal": "Igen"])
            #expect(again.status == 422)
        }
    }

    @Test(.clause("P-16.6")) func `a number that is somebody else's is told to the administrator alone`() async throws {
        try await SettingsSite.visited { site async throws in
            try await site.join(.astrid, as: .administrator)
            try await site.join(.nils)
            let moa = try await site.browser()
            #expect(try await ask(moa, "personal-identity-number", ["nytt-personnummer": "198002222399"]).status == 303)
            let path = "/admin/rattelse/\(try await waiting(site).id)"
            let astrid = try await site.browser(as: "astrid")
            _ = try await astrid.get(path)
            _ = try await astrid.post(path, ["atgard": "jamfor", "jamforelse": "document-agrees"])
            _ = try await astrid.get(path)
            let taken = try await astrid.post(path, ["atgard": "godkann", "skal": "Passet"])
            #expect(taken.status == 422 && taken.contains("hör redan till ett annat konto"))
            #expect(try await site.mails().isEmpty)
            #expect(try await moa.get("/installningar").contains("Väntar på beslut"))
        }
    }

    @Test func `nobody decides about oneself`() async throws {
        try await SettingsSite.visited { site async throws in
            try await site.join(.astrid, as: .administrator)
            let astrid = try await site.browser(as: "astrid")
            #expect(try await ask(astrid, "name", ["nytt-namn": "Astrid Berg"]).status == 303)
            let path = "/admin/rattelse/\(try await waiting(site).id)"
            let own = try await astrid.get(path)
            #expect(own.status == 403 && own.contains("Det här gäller dig själv"))
            #expect(try await astrid.get("/admin/rattelser").contains("Ingen begäran väntar"))
            _ = try await astrid.get("/installningar")
            for fields in [
                ["atgard": "oppna", "anteckning": "x"], ["atgard": "jamfor", "jamforelse": "document-agrees"],
                ["atgard": "godkann", "skal": "x"],
            ] {
                #expect(try await astrid.post(path, fields).status == 403)
            }
            #expect(try await waiting(site).state == .requested)
        }
    }

    @Test func `is for administrators only, and no other id is one`() async throws {
        try await asked("name", ["nytt-namn": "Moa Berg"]) { site, astrid, path async throws in
            let moa = try await site.browser()
            for page in ["/admin/rattelser", path] { #expect(try await moa.get(page).status == 403) }
            #expect(try await astrid.get("/admin/rattelse/0000000000000").status == 404)
            #expect(try await astrid.get("/admin/rattelser?sida=2").status == 404)
            _ = try await astrid.get(path)
            #expect(try await astrid.post(path, ["atgard": "radera"]).status == 400)
        }
    }
}
