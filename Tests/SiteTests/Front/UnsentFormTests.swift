import Accounts
import Events
import Forum
import HTTPTypes
import Projections
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite struct `A form that is not carried out` {
    private static let text = "Ett långt svar <b>med</b> \"citat\" & å, ä, ö.\r\n\r\nOch en rad till."
    private static let shown =
        "Ett långt svar &lt;b&gt;med&lt;/b&gt; &quot;citat&quot; &amp; å, ä, ö.\r\n\r\nOch en rad till."

    /// Runs `body` with a thread that Moa has opened.
    private static func meet(_ body: @Sendable (Correspondents, String) async throws -> Void) async throws {
        try await Correspondents.meet { site async throws in
            let forum = site.application.forum
            let category = try await forum.createCategory(
                CategoryText.parse(name: "Allmänt"), for: .everybody,
                by: Standing(MemberID(rawValue: 99), as: .administrator), command: CommandID(at: site.site.time.now))
            let opened = try await forum.openThread(
                in: category.category, title: ThreadTitle("Moms"), body: site.application.draft("Hej"),
                by: Standing(site.moaID), command: CommandID(at: site.site.time.now))
            _ = await site.application.views.waitUntil(position: site.application.log.head)
            try await body(site, opened.thread.description)
        }
    }

    private static func endSessions(of member: MemberID, _ site: Correspondents) throws {
        try site.site.accounts.site.sessions.endAll(of: member)
    }

    @Test(arguments: [true, false])
    func `comes back filled in after signing in, and is sent only then`(cookieIsGone: Bool) async throws {
        try await Self.meet { site, thread async throws in
            let place = "/trad/\(thread)/svara"
            _ = try await site.nils.get(place)
            let browser = cookieIsGone ? site.nils.another : site.nils
            if !cookieIsGone { try Self.endSessions(of: site.nilsID, site) }
            let form = site.nils.fields.merging(["text": Self.text, "action": "send"]) { $1 }
            let head = site.application.log.head
            let page = try await browser.post(place, form)
            #expect(page.status == 401 && page.contains("<h1>Logga in</h1>") && page.contains(Self.shown))
            #expect(page["Cache-Control"] == "private, no-store")
            let filled = try await browser.post(
                "/logga-in",
                page.fields(of: "/logga-in").merging(
                    ["identifier": "snickar-nisse", "password": AccountSite.password]) { $1 })
            #expect(filled.status == 200 && filled.contains("<h1>Svara</h1>"))
            #expect(filled.contains("Du är inloggad som snickar-nisse"))
            #expect(filled.fields(of: place)["text"] == Self.text)
            let events = try site.application.log.events(after: head, limit: 100).map(\.type.name)
            #expect(!events.contains("forum.post-published"), "nothing is sent by itself")
            let sent = try await browser.post(
                place, filled.fields(of: place).merging(["text": Self.text, "action": "send"]) { $1 })
            #expect(sent.status == 303 && sent.location?.contains(thread) == true)
            #expect(try await browser.get(sent.path).contains("Och en rad till."))
        }
    }

    @Test func `waits through a wrong password, and for another member who signs in`() async throws {
        try await Self.meet { site, thread async throws in
            let place = "/trad/\(thread)/svara"
            _ = try await site.nils.get(place)
            try Self.endSessions(of: site.nilsID, site)
            let first = try await site.nils.post(place, ["text": Self.text])
            let wrong = try await site.nils.post(
                "/logga-in",
                first.fields(of: "/logga-in").merging(["identifier": "snickar-nisse", "password": "fel lösenord"]) {
                    $1
                }
            )
            #expect(wrong.status == 422 && wrong.contains(Self.shown))
            let other = try await site.nils.post(
                "/logga-in",
                wrong.fields(of: "/logga-in").merging(["identifier": "eva", "password": AccountSite.password]) { $1 })
            #expect(other.contains("Du är inloggad som eva"))
            #expect(other.fields(of: place)["text"] == Self.text)
        }
    }

    @Test func `comes back at once when she has signed in again in another tab`() async throws {
        try await Self.meet { site, thread async throws in
            let place = "/trad/\(thread)/svara"
            _ = try await site.nils.get(place)
            let old = site.nils.fields
            _ = try await site.nils.get("/logga-ut")
            _ = try await site.nils.post("/logga-ut", [:])
            _ = try await site.nils.signIn("snickar-nisse", AccountSite.password)
            let page = try await site.nils.post(place, old.merging(["text": Self.text]) { $1 })
            #expect(page.status == 403 && page.contains("<h1>Svara</h1>"))
            #expect(page.fields(of: place)["text"] == Self.text)
            #expect(page.fields(of: place)["command"] != old["command"])
        }
    }

    @Test func `waits until the new texts are accepted`() async throws {
        try await Self.meet { site, thread async throws in
            let place = "/trad/\(thread)/svara"
            _ = try await site.nils.get(place)
            try await site.site.accounts.publishPolicy("2026-03-11") { $0 + "\nMer.\n" }
            site.site.time.advance(seconds: 2 * 86_400)
            _ = await site.application.views.waitUntil(position: site.application.log.head)
            let gate = try await site.nils.post(place, ["text": Self.text])
            #expect(
                gate.status == 403 && gate.contains("<h1>Godkänn de nya texterna</h1>") && gate.contains(Self.shown))
            let filled = try await site.nils.post(
                "/godkann", gate.fields(of: "/godkann").merging(["policy": "ja", "terms": "ja"]) { $1 })
            #expect(filled.status == 200 && filled.fields(of: place)["text"] == Self.text)
            // The same with a sign-in before it.
            try await site.site.accounts.publishPolicy("2026-03-21") { $0 + "\nÄnnu mer.\n" }
            site.site.time.advance(seconds: 20 * 86_400)
            try Self.endSessions(of: site.nilsID, site)
            let signIn = try await site.nils.post(place, ["text": Self.text])
            let second = try await site.nils.post(
                "/logga-in",
                signIn.fields(of: "/logga-in").merging(
                    ["identifier": "snickar-nisse", "password": AccountSite.password]) { $1 })
            #expect(second.status == 200 && second.contains("<h1>Godkänn de nya texterna</h1>"))
            let again = try await site.nils.post(
                "/godkann", second.fields(of: "/godkann").merging(["policy": "ja", "terms": "ja"]) { $1 })
            #expect(again.fields(of: place)["text"] == Self.text)
        }
    }

    @Test func `waits for the code of a second factor`() async throws {
        try await Self.meet { site, thread async throws in
            let place = "/trad/\(thread)/svara"
            let (app, _) = try await site.site.setUpTwoFactor(site.nils)
            _ = try await site.nils.get(place)
            try Self.endSessions(of: site.nilsID, site)
            let signIn = try await site.nils.post(place, ["text": Self.text])
            let code = try await site.nils.post(
                "/logga-in",
                signIn.fields(of: "/logga-in").merging(
                    ["identifier": "snickar-nisse", "password": AccountSite.password]) { $1 })
            #expect(code.contains("Skriv koden") && code.contains(Self.shown))
            let filled = try await site.nils.post(
                "/logga-in/kod", code.fields(of: "/logga-in/kod").merging(["kod": site.site.nextCode(app)]) { $1 })
            #expect(filled.status == 200 && filled.fields(of: place)["text"] == Self.text)
        }
    }

    @Test func `is shown to copy where its page is not there any more`() async throws {
        try await Self.meet { site, thread async throws in
            let place = "/meddelanden/0000000000000"
            _ = try await site.nils.get("/meddelanden/nytt")
            try Self.endSessions(of: site.nilsID, site)
            let signIn = try await site.nils.post(place, ["text": Self.text])
            let page = try await site.nils.post(
                "/logga-in",
                signIn.fields(of: "/logga-in").merging(
                    ["identifier": "snickar-nisse", "password": AccountSite.password]) { $1 })
            #expect(page.status == 404 && page.contains(Self.shown))
            #expect(try await site.nils.get("/meddelanden").status == 200, "signed in all the same")
        }
    }

    @Test(
        arguments: [
            ("/kontakt", ["galler": "fraga", "amne": "Moms", "meddelande": "Hur gör jag?", "email": "u@example.se"]),
            ("/meddelanden/nytt", ["till": "moa", "text": "Hej du"]),
            ("/installningar/anvandarnamn", ["username": "nils-nytt"]),
            ("/arenden/tvist", ["amne": "Ett amne", "meddelande": "Ett meddelande"]),
            ("/anmal", ["meddelande": "Ett meddelande"]),
        ])
    func `comes back whichever it is`(place: String, typed: [String: String]) async throws {
        try await Self.meet { site, _ async throws in
            let page = try await site.nils.get(place)
            let known = page.fields(of: place).keys
            let fields = typed.filter { known.contains($0.key) || $0.key == "galler" }
            try Self.endSessions(of: site.nilsID, site)
            var shown = try await site.nils.post(place, page.fields(of: place).merging(fields) { $1 })
            if shown.contains("action=\"/logga-in\"") {
                shown = try await site.nils.post(
                    "/logga-in",
                    shown.fields(of: "/logga-in").merging(
                        ["identifier": "snickar-nisse", "password": AccountSite.password]) { $1 })
            }
            for (name, value) in fields where name != "galler" {
                #expect(shown.fields(of: place)[name] == value, "\(name)")
            }
        }
    }

    @Test func `takes no password or code along, and nothing that was sent from elsewhere`() async throws {
        try await Self.meet { site, thread async throws in
            let page = try await site.nils.get("/installningar/epost")
            try Self.endSessions(of: site.nilsID, site)
            let fields = page.fields(of: "/installningar/epost").merging(
                ["email": "nytt@example.se", "password": "hemligt lösenord", "kod": "123456"]) { $1 }
            let answer = try await site.nils.post("/installningar/epost", fields)
            #expect(answer.contains("nytt@example.se"))
            #expect(!answer.contains("hemligt lösenord") && !answer.contains("123456"))
            for header in ["cross-site", "same-site"] {
                let elsewhere = try await site.nils.post(
                    "/trad/\(thread)/svara", ["text": Self.text], headers: [.secFetchSite: header])
                #expect(elsewhere.status == 403 && !elsewhere.contains("Och en rad till."))
            }
        }
    }

    @Test func `every field for a secret is left out when a form comes back`() async throws {
        try await Self.meet { site, _ async throws in
            for path in [
                "/installningar/epost", "/installningar/losenord", "/installningar/utdrag", "/avsluta-konto",
                "/installningar/personnummer", "/installningar/rattelse?uppgift=personal-identity-number",
                "/installningar/kapat", "/installningar/inloggning/tva-steg",
            ] {
                let page = try await site.nils.get(path)
                for field in page.text.matches(
                    of: /<input type="(?:password|text)" (?:inputmode[^>]*)?[^>]*name="([^"]+)"/)
                where field.0.contains("type=\"password\"") || field.0.contains("inputmode=\"numeric\" spellcheck") {
                    #expect(FieldName.secrets.contains(FieldName(rawValue: String(field.1))), "\(field.1) at \(path)")
                }
            }
        }
    }
}

extension HTTPField.Name { fileprivate static let secFetchSite = HTTPField.Name("Sec-Fetch-Site")! }

extension Browser.Answer {
    private func unescaped(_ text: Substring) -> String {
        let signs = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
        return signs.reduce(String(text)) { $0.replacing($1.0, with: $1.1) }
    }

    /// The initial field values of the form with this action.
    func fields(of action: String) -> [String: String] {
        var fields: [String: String] = [:]
        for form in text.matches(of: /<form method="post" action="([^"]*)".*?<\/form>/.dotMatchesNewlines())
        where form.1 == action {
            for input in form.0.matches(of: /<input ([^>]*)>/) {
                guard let name = input.1.firstMatch(of: /name="([^"]*)"/)?.1 else { continue }
                let isBox = input.1.contains("type=\"checkbox\"") || input.1.contains("type=\"radio\"")
                if isBox, !input.1.contains(" checked") { continue }
                fields[String(name)] = input.1.firstMatch(of: /value="([^"]*)"/).map { unescaped($0.1) } ?? ""
            }
            for area in form.0.matches(
                of: /<textarea [^>]*name="([^"]*)"[^>]*>\n(.*?)<\/textarea>/.dotMatchesNewlines())
            {
                fields[String(area.1)] = unescaped(area.2)
            }
            return fields
        }
        return fields
    }
}
