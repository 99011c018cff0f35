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

@Suite(.clause("P-12.3")) struct `The settings show` {
    @Test(arguments: [
        "/installningar", "/installningar/epost", "/installningar/personnummer", "/sajtinstallningar", "/godkann",
    ])
    func `nothing without signing in`(path: String) async throws {
        try await SettingsSite.visited { site async throws in
            let visitor = try await site.browser(as: nil)
            #expect(try await visitor.get(path).location == "/logga-in?till=\(path)")
            _ = try await visitor.get("/logga-in")
            #expect(try await visitor.post(path, [:]).status == 401 || path == "/installningar")
        }
    }

    @Test func `each datum with its source and date`() async throws {
        try await SettingsSite.visited { site async throws in
            let browser = try await site.browser()
            let page = try await browser.get("/installningar")
            #expect(page.status == 200)
            for value in [
                "Moa Hallin", "moa@example.se", "Uppsala", "37 år", "Man", "Sparat så att ingen kan läsa det",
            ] {
                #expect(page.contains(value), "\(value)")
            }
            #expect(page.contains("Angavs av dig vid registreringen 10 mars 2026 kl. 12.00"))
            #expect(page["Cache-Control"] == "private, no-store")
            #expect(page.text.ranges(of: "<h1").count == 1)
        }
    }

    /// The text by which each field is found on the page; a new field must be added here.
    @Test func `every field of personal data there is`() async throws {
        try await SettingsSite.visited { site async throws in
            let record = try site.accounts.ownRecord(of: site.moa)
            let own = OwnData(
                member: try site.moa, record: record, account: try site.state(), subjectCounts: [:], undoUntil: nil,
                openHold: nil, views: [], corrections: [], today: site.time.now.stockholmDate)
            let always: Set<PersonalField> = [
                .name, .username, .emailAddress, .municipality, .personalIdentityNumber, .sex, .identityProtection,
                .passwordHash, .signInAddress, .signInDevice, .postBody, .threadTitle,
            ]
            for field in always { #expect(!own.data(of: field).isEmpty, "\(field)") }
            #expect(Set(OwnData.order) == Set(PersonalField.allCases))
            #expect(OwnData.order.count == PersonalField.allCases.count)
        }
    }

    @Test func `the personal identity number only after the password, on that one answer`() async throws {
        try await SettingsSite.visited { site async throws in
            let browser = try await site.browser()
            let number = "19880917-2391"
            #expect(!(try await browser.get("/installningar").contains("2391")))
            let form = try await browser.get("/installningar/personnummer")
            #expect(!form.contains("2391"))
            let wrong = try await browser.post("/installningar/personnummer", ["password": "fel"])
            #expect(wrong.status == 422 && wrong.contains("Lösenordet stämmer inte") && !wrong.contains("2391"))
            #expect(!wrong.contains("value=\"fel\""))
            let shown = try await browser.post("/installningar/personnummer", ["password": AccountSite.password])
            #expect(shown.status == 200 && shown.contains(number))
            #expect(shown["Cache-Control"] == "no-store")
            #expect(!(try await browser.get("/installningar").contains("2391")))
            #expect(!(try await browser.get("/installningar/personnummer").contains("2391")))
        }
    }

    @Test(.clause("P-06.4")) func `what she has read, which she can clear`() async throws {
        try await SettingsSite.visited { site async throws in
            let (browser, moa) = (try await site.browser(), try site.moa)
            #expect(try await browser.get("/installningar").contains("Inget sparat"))
            site.account.application.markOpened(1, by: moa)
            site.account.application.markRead(ConversationID(rawValue: 7), through: 2, by: moa)
            #expect(try await browser.get("/installningar").contains("2\u{A0}uppgifter"))
            let head = site.account.head
            let cleared = try await browser.post("/installningar/last", [:])
            #expect(cleared.location == "/installningar?klart=last-glomt#last")
            var all = ReadMarkers()
            all.everything = head
            #expect(try site.account.application.readMarkers(of: moa) == all)
            #expect(try site.events(after: head) == [])
        }
    }

    @Test func `asks no password more often than signing in does`() async throws {
        try await SettingsSite.visited(limits: [.signIn: RateLimit(3, per: .hour)]) { site async throws in
            let browser = try await site.browser()
            _ = try await browser.get("/installningar/personnummer")
            for _ in 1...3 {
                #expect(try await browser.post("/installningar/personnummer", ["password": "fel"]).status == 422)
            }
            #expect(try await browser.post("/installningar/personnummer", ["password": "fel"]).status == 429)
        }
    }

    @Test func `every sign-in, and where one is signed in now`() async throws {
        try await SettingsSite.visited { site async throws in
            let first = try await site.browser()
            site.time.advance(seconds: 3600)
            let second = try await site.browser()
            let page = try await second.get("/installningar")
            #expect(page.text.ranges(of: "Okänd enhet").count >= 4, "two sessions, two signings in")
            #expect(page.contains("Den här enheten"))
            let before = site.account.head
            let question = try await second.post("/installningar/logga-ut", ["session": "andra"])
            #expect(question.status == 200 && question.contains("name=\"session\" value=\"andra\""))
            let wrong = try await second.post(
                "/installningar/logga-ut", ["session": "andra", "bekraftat": "ja", "password": "fel"])
            #expect(wrong.status == 422 && wrong.contains("id=\"password-error\""))
            #expect(try site.events(after: before) == [])
            #expect(try await first.get("/installningar").status == 200)
            _ = try await second.post(
                "/installningar/logga-ut", ["session": "andra", "bekraftat": "ja", "password": AccountSite.password])
            #expect(try site.events(after: before) == ["signed-out"])
            #expect(try await first.get("/installningar").status == 303)
            #expect(try await second.get("/installningar").contains("Avslutades"))
        }
    }

    @Test(.clause("P-12.1")) func `one session to be ended by its owner, and by nobody else`() async throws {
        try await SettingsSite.visited { site async throws in
            try await site.join(.nils)
            let (moa, other) = (try await site.browser(), try await site.browser())
            let nils = try await site.browser(as: "snickar-nisse")
            let sessions = try site.account.site.sessions.list(of: site.moa, at: site.time.now)
            #expect(sessions.count == 2)
            for session in sessions {
                _ = try await nils.get("/installningar")
                #expect(
                    try await nils.post(
                        "/installningar/logga-ut", ["session": String(session.id), "password": AccountSite.password]
                    ).status == 303)
            }
            #expect(try site.account.site.sessions.list(of: site.moa, at: site.time.now).count == 2)
            _ = try await moa.get("/installningar")
            for session in sessions.reversed() {
                _ = try await moa.post(
                    "/installningar/logga-ut", ["session": String(session.id), "password": AccountSite.password])
            }
            #expect(try site.account.site.sessions.list(of: site.moa, at: site.time.now).count <= 1)
            #expect(try await moa.get("/installningar").status == 303)
            _ = other
        }
    }

    @Test func `signing out everywhere ends this session too, each with an event`() async throws {
        try await SettingsSite.visited { site async throws in
            let (moa, other) = (try await site.browser(), try await site.browser())
            _ = try await moa.get("/installningar")
            let before = site.account.head
            let fields = ["session": "alla", "password": AccountSite.password]
            #expect(try await moa.post("/installningar/logga-ut", fields).location == "/")
            #expect(try site.events(after: before) == ["signed-out", "signed-out"])
            for browser in [moa, other] {
                #expect(try await browser.get("/installningar").location == "/logga-in?till=/installningar")
            }
        }
    }

    @Test(arguments: ["", "0", "-1", "99999999999999999999", "alla ", "1;DROP TABLE sessions"])
    func `what is no session is refused without harm`(session: String) async throws {
        try await SettingsSite.visited { site async throws in
            let browser = try await site.browser()
            _ = try await browser.get("/installningar")
            #expect(
                [303, 400].contains(try await browser.post("/installningar/logga-ut", ["session": session]).status))
            #expect(try await browser.get("/installningar").status == 200)
        }
    }

    @Test(.clause("P-16.7")) func `who has looked, in which role and why, but not by which name`() async throws {
        try await SettingsSite.visited { site async throws in
            try await site.join(.astrid, as: .administrator)
            try await site.accounts.view(
                site.moa, for: .support, note: ViewingNote("Ärende <7>"), by: site.member("astrid"),
                command: CommandID(at: site.time.now))
            let page = try await site.browser().get("/installningar")
            #expect(page.contains("Administratör") && page.contains("Ärende &lt;7&gt;"))
            #expect(!page.contains("astrid"))
        }
    }

    @Test(.clause("P-10.1")) func `a hold that is no secret, and no secret one`() async throws {
        try await SettingsSite.visited { site async throws in
            let reference = try #require(HoldReference("Polisen K-1"))
            try await site.accounts.placeHold(
                on: site.moa, reference, isSecret: true, by: .operator, command: CommandID(at: site.time.now))
            let browser = try await site.browser()
            #expect(!(try await browser.get("/installningar").contains("Polisen")))
            try await site.accounts.liftHold(on: site.moa, by: .operator, command: CommandID(at: site.time.now))
            try await site.accounts.placeHold(
                on: site.moa, reference, isSecret: false, by: .operator, command: CommandID(at: site.time.now))
            #expect(try await browser.get("/installningar").contains("Polisen K-1"))
        }
    }

    @Test func `what other features add, in a separate part`() async throws {
        let provider: SettingsController.SectionProvider = { _, _ in
            SettingsSection(id: "besok", heading: "Dina besök") { $0.p("Tre sidor i går") }
        }
        try await SettingsSite.visited(sections: [provider]) { site async throws in
            let page = try await site.browser().get("/installningar")
            #expect(page.contains("<h2 id=\"besok\">Dina besök</h2>") && page.contains("Tre sidor i går"))
            let fold = { (open: String) in "<details class=\"fold\"\(open)><summary><h2 id=\"besok\">" }
            #expect(page.contains(fold("")) && !page.contains(" open><summary><h2"), "a short page: all are folded")
            let opened = try await site.browser().get("/installningar?visa=besok")
            #expect(opened.contains(fold(" open")) && opened.count(of: " open><summary><h2") == 1)
            let changed = try await site.browser().get("/installningar?klart=enhet-glomd")
            #expect(changed.contains(" open><summary><h2 id=\"inloggningar\">"))
        }
    }
}
