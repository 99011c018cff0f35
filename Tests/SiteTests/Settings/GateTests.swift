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

@Suite(.clause("P-01.3")) struct `A member who has not accepted a new version` {
    private static let left = [
        "/godkann", "/integritetspolicy", "/integritetspolicy/2026-03-11",
        "/medlemsvillkor", "/logga-ut", "/om", "/kontakt",
    ]

    /// Moa is signed in when a major version comes into force.
    private func afterMajorChange(
        _ body: @Sendable (SettingsSite, Browser) async throws -> Void
    ) async throws {
        try await SettingsSite.visited { site async throws in
            let browser = try await site.browser()
            try await site.account.publishPolicy("2026-03-11") { $0 + "\nMer.\n" }
            #expect(try await browser.get("/forum").status == 200, "announced, but not in force yet")
            site.time.advance(seconds: 86_400)
            try await site.catchUp()
            try await body(site, browser)
        }
    }

    @Test func `is led to the question from every page, in a session that is open already`() async throws {
        try await afterMajorChange { _, browser async throws in
            for path in ["/", "/forum", "/installningar", "/sajtinstallningar", "/installningar/kapat"] {
                #expect(try await browser.get(path).location == "/godkann?till=\(path)", "\(path)")
            }
            _ = try await browser.get("/godkann")
            let gate = try await browser.post("/installningar/anvandarnamn", ["username": "annat"])
            #expect(gate.status == 403 && gate.contains("<h1>Godkänn de nya texterna</h1>"))
            #expect(try await browser.post("/installningar/kommun", [:]).location == "/godkann")
        }
    }

    @Test func `reads the texts, signs out, and is offered her data and the way out`() async throws {
        try await afterMajorChange { _, browser async throws in
            for path in Self.left { #expect(try await browser.get(path).status == 200, "\(path)") }
            let page = try await browser.get("/godkann")
            #expect(page.contains("/installningar/utdrag") && page.contains("/avsluta-konto"))
            #expect(page.contains("/integritetspolicy/andringar?fran=2019-08-18&amp;till=2026-03-11"))
            #expect(!page.contains("href=\"/medlemmar\"") && !page.contains("href=\"/sajtinstallningar\""))
        }
    }

    @Test func `is led there by signing in, and on to where she was going`() async throws {
        try await afterMajorChange { site, _ async throws in
            let browser = try await site.browser(as: nil)
            #expect(try await browser.signIn("moa").location == "/godkann")
            let page = try await browser.get("/forum")
            #expect(page.location == "/godkann?till=/forum")
            _ = try await browser.get("/godkann?till=/forum")
            let answer = try await browser.post(
                "/godkann",
                [
                    "policy": "ja", "terms": "ja", "policy-version": "2026-03-11", "terms-version": "2019-08-18",
                    "till": "/forum",
                ])
            #expect(answer.location == "/forum")
            #expect(try await browser.get("/forum").status == 200)
            #expect(try await browser.get("/godkann").location == "/")
        }
    }

    @Test func `accepts each text with a separate box, and the wording is recorded`() async throws {
        try await afterMajorChange { site, browser async throws in
            let versions = ["policy-version": "2026-03-11", "terms-version": "2019-08-18"]
            for boxes in [[:], ["policy": "ja"], ["terms": "ja"]] {
                let page = try await browser.fill("/godkann", boxes.merging(versions) { $1 })
                #expect(page.status == 422)
                #expect(page.text.ranges(of: "class=\"error\"").count == 2 - boxes.count)
            }
            let before = site.account.head
            _ = try await browser.fill("/godkann", ["policy": "ja", "terms": "ja"].merging(versions) { $1 })
            #expect(try site.events(after: before) == ["policy-accepted"], "the terms were accepted in this version")
            let accepted = try #require(try site.state().policy)
            #expect(accepted.version == CalendarDate("2026-03-11"))
            let wording = ConsentWording(
                policy: accepted.version, terms: try #require(CalendarDate("2019-08-18")))
            #expect(accepted.form == wording.acceptance)
            #expect(
                try await browser.get("/installningar").contains("godkänner integritetspolicyn av den 11 mars 2026"))
        }
    }

    @Test func `does not accept a version that is no longer in force`() async throws {
        try await afterMajorChange { site, browser async throws in
            for version in ["2019-08-18", "2027-01-01", "igår", ""] {
                let page = try await browser.fill(
                    "/godkann",
                    ["policy": "ja", "terms": "ja", "policy-version": version, "terms-version": "2019-08-18"])
                #expect(page.status == 422 && page.contains("Texterna har ändrats"))
            }
            #expect(try site.state().policy?.version == CalendarDate("2019-08-18"))
        }
    }

    @Test(arguments: ["//evil.example", "https://evil.example", "javascript:alert(1)"])
    func `is never led to another site`(place: String) async throws {
        try await afterMajorChange { _, browser async throws in
            _ = try await browser.get("/godkann")
            let answer = try await browser.post(
                "/godkann",
                [
                    "policy": "ja", "terms": "ja", "policy-version": "2026-03-11", "terms-version": "2019-08-18",
                    "till": place,
                ])
            #expect(answer.location == "/")
        }
    }

    @Test func `is not asked about a minor change`() async throws {
        try await SettingsSite.visited { site async throws in
            let first = try PolicyDocument.first()
            let rules = first.rules.json.replacing("2019-08-18", with: "2026-03-11")
                .replacing("\"change\":\"major\"", with: "\"change\":\"minor\"")
            let document = try PolicyDocument(text: first.text.markdown + "\nMer.\n", rules: rules)
            try await site.accounts.publish(document, by: .operator, command: CommandID(at: site.time.now))
            site.time.advance(seconds: 86_400)
            let browser = try await site.browser()
            #expect(try await browser.get("/forum").status == 200)
        }
    }

    @Test func `is asked what came while the account was closed, even a minor change, but not what comes after`()
        throws
    {
        var calendar = PolicyCalendar.initial
        let first = try PolicyDocument.first()
        for (version, change) in [("2019-08-18", "major"), ("2026-01-01", "minor"), ("2026-02-01", "minor")] {
            let rules = first.rules.json.replacing("2019-08-18", with: version)
                .replacing("\"change\":\"major\"", with: "\"change\":\"\(change)\"")
            calendar.evolve(.policyPublished(try PolicyDocument(text: first.text.markdown, rules: rules)))
        }
        let accepted = try #require(CalendarDate("2019-08-18"))
        let between = try #require(CalendarDate("2026-01-15")).startInStockholm
        let now = Instant.testStart
        #expect(!calendar.mustBeAccepted(after: accepted, returnedAt: nil, at: now))
        #expect(calendar.mustBeAccepted(after: accepted, returnedAt: between, at: now))
        let second = try #require(CalendarDate("2026-01-01"))
        #expect(!calendar.mustBeAccepted(after: second, returnedAt: between, at: now))
        #expect(calendar.mustBeAccepted(after: nil, returnedAt: nil, at: now))
    }
}
