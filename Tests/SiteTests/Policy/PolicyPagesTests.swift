import Accounts
import Events
import Foundation
import Projections
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite(.clause("P-01.2"), .clause("P-01.3")) struct `The page of policy and terms` {
    private static let written = try? WrittenVersion(folder: PolicyStory.folder("policies", "2028-03-01"))

    private func fields(_ action: String, rules: (String) -> String = { $0 }) throws -> [String: String] {
        let written = try #require(Self.written)
        return ["slag": "policy", "text": written.text, "regler": rules(written.rules), "atgard": action]
    }

    private func onSite(_ body: @Sendable (StaffedSite, Browser) async throws -> Void) async throws {
        let site = try await StaffedSite()
        try await closing(with: site.close) {
            try await site.browsing(as: site.astrid) { try await body(site, $0) }
        }
    }

    @Test func `lists every version, and begins a new one with the newest`() async throws {
        try await onSite { _, browser async throws in
            let page = try await browser.get("/admin/policy")
            #expect(page.contains("18 augusti 2019") && page.contains("Gäller nu") && page.contains("Medlemsvillkor"))
            let policy = try await browser.get("/admin/policy?skriv=policy")
            #expect(policy.contains("### P-16.3") && policy.contains("closedAccount: P1Y"))
            let terms = try await browser.get("/admin/policy?skriv=villkor")
            #expect(terms.contains("### T-01.1") && terms.contains("change: minor"))
            #expect(try await browser.get("/admin/policy?skriv=annat").status == 200)
        }
    }

    @Test func `shows what would change and for how many, and publishes nothing`() async throws {
        try await onSite { site, browser async throws in
            for member in [site.eva, site.greta] {
                try await site.application.accounts.answer(
                    AnswerConsent(.visibleAgeAndSex, isYes: true, wording: TextHash(of: "test")), of: member,
                    command: CommandID(at: site.time.now))
            }
            let head = site.application.log.head
            _ = await site.application.views.waitUntil(position: head)
            _ = try await browser.get("/admin/policy?skriv=policy")
            let page = try await browser.previewDraft(fields("granska"))
            #expect(page.status == 200)
            #expect(page.contains("Två medlemmars ålder och kön döljs för andra medlemmar"))
            #expect(page.contains("Fyra medlemmar får ett mejl och frågas vid nästa inloggning"))
            #expect(page.contains("P-16.3 Radering efter ett halvår: ändrad"))
            #expect(page.contains("Avslutade konton") && page.contains("6\u{A0}månader"))
            #expect(page.contains("<td>members</td>"))
            #expect(site.application.log.head == head)
            let files = try FileManager.default.contentsOfDirectory(atPath: site.temporary.files.data.path)
            #expect(files.filter { $0.hasPrefix("views-") && $0.hasSuffix(".sqlite") }.count == 1)
        }
    }

    @Test(.clause("P-15.2")) func `counts the members who have left a mail to the policy`() async throws {
        try await onSite { site, browser async throws in
            try await site.application.accounts.setMailChoices(
                of: site.eva, [SetMailChoice(.privateMessage, .no)], command: CommandID(at: site.time.now))
            _ = await site.application.views.waitUntil(position: site.application.log.head)
            _ = try await browser.get("/admin/policy?skriv=policy")
            let page = try await browser.previewDraft(
                fields("granska") {
                    $0.replacing("privateMessageNotice: \"on\"", with: "privateMessageNotice: \"off\"")
                })
            #expect(
                page.contains("Tre medlemmar som inte har valt slutar få mejl om nya privata meddelanden"),
                "Eva has chosen")
            #expect(!page.contains("få nyhetsbrevet"), "that is as before")
        }
    }

    @Test func `shows how far it has come, can be stopped, and leaves nothing then`() async throws {
        try await onSite { site, browser async throws in
            let before = try await browser.get("/admin/policy/granskning")
            #expect(before.location == "/admin/policy", "nothing is being tried")
            _ = try await browser.get("/admin/policy?skriv=policy")
            let begun = try await browser.post("/admin/policy", fields("granska"))
            #expect(begun.location == "/admin/policy/granskning")
            _ = try await browser.get("/admin/policy/granskning")
            // Whether or not it is cancelled in time, no file remains and the typed draft is kept.
            let stopped = try await browser.post("/admin/policy/granskning", ["atgard": "avbryt"])
            #expect(stopped.location == "/admin/policy/granskning")
            await site.previews.stop()
            let page = try await browser.get("/admin/policy/granskning")
            #expect(page["Refresh"] == nil && page.contains("name=\"regler\""))
            let files = try FileManager.default.contentsOfDirectory(atPath: site.temporary.files.data.path)
            #expect(files.filter { $0.hasPrefix("views-") && $0.hasSuffix(".sqlite") }.count == 1)
            let misused = try await browser.post("/admin/policy/granskning", ["atgard": "annat"])
            #expect(misused.status == 400)
        }
    }

    @Test func `tells how far and how fast it goes`() throws {
        let rules = try #require(Self.written)
        let draft = VersionDraft.policy(try PolicyDocument.first())
        let typed = DraftPreviews.Typed(kind: .policy, text: rules.text, rules: rules.rules, draft: draft)
        var html = HTMLWriter(now: .testStart)
        DraftProgressPage(
            typed: typed, standing: .underWay(RebuildProgress(done: 250, total: 1000), elapsed: 5),
            refreshesItself: true
        ).write(into: &html)
        let page = String(decoding: html.bytes, as: UTF8.self)
        #expect(page.contains("250 av 1\u{A0}000 händelser, 50 i sekunden, 15\u{A0}sekunder kvar."))
        #expect(page.contains("Avbryt") && page.contains("Sluta uppdatera"))
    }

    @Test func `counts the closed accounts that would be erased sooner`() async throws {
        try await onSite { site, browser async throws in
            try await site.application.accounts.closeOnRequest(
                of: site.eva, erasing: [], by: .operator, command: CommandID(at: site.time.now))
            site.time.set(try #require(Instant("2026-11-01T12:00:00Z")))
            _ = await site.application.views.waitUntil(position: site.application.log.head)
            try await browser.signIn(site.astrid)
            _ = try await browser.get("/admin/policy?skriv=policy")
            let today = { (rules: String) in rules.replacing("2028-03-01", with: "2026-11-01") }
            let page = try await browser.previewDraft(fields("granska", rules: today))
            #expect(page.contains("Ett avslutat konto raderas"), "closed in March, and it is November")
        }
    }

    @Test func `publishes, once, and says so`() async throws {
        try await onSite { site, browser async throws in
            _ = try await browser.get("/admin/policy?skriv=policy")
            let done = try await browser.post("/admin/policy", try fields("publicera"))
            #expect(done.location == "/admin/policy?klart=policy&version=2028-03-01")
            let head = site.application.log.head
            let event = try #require(try site.application.log.events(after: head - 1, limit: 1).first)
            #expect(event.type.name == "accounts.policy-published" && event.actor == .member(site.astrid))
            let place = try #require(done.location)
            #expect(try await browser.get(place).contains("är publicerad"))
            #expect(try await browser.get("/admin/policy").contains("Börjar gälla den 1 mars 2028"))
            let again = try await browser.post("/admin/policy", try fields("publicera"))
            #expect(again.status == 303 && site.application.log.head == head)
            let published = try await browser.previewDraft(fields("granska"))
            #expect(published.contains("redan publicerad"))
        }
    }

    @Test func `tells every mistake in Swedish and keeps what was typed`() async throws {
        try await onSite { site, browser async throws in
            let head = site.application.log.head
            _ = try await browser.get("/admin/policy?skriv=policy")
            for action in ["granska", "publicera"] {
                let wrong = try fields(action) {
                    $0.replacing("closedAccount: P6M", with: "closedAccount: P2Y").replacing(
                        "ipv4: 24", with: "ipv4: 31")
                }
                let page = try await browser.post("/admin/policy", wrong)
                #expect(page.status == 422)
                #expect(page.contains("Ett löfte kan bara bli kortare") && page.contains("ska vara mellan 0 och 24"))
                #expect(page.contains("closedAccount: P2Y"))
            }
            for (rules, words) in [
                ("", "Reglerna är tomma"), ("version: [", "Går inte att läsa som YAML"),
                ("a: 1", "Texten har inga punkter"),
            ] {
                let page = try await browser.post(
                    "/admin/policy", ["slag": "policy", "text": "", "regler": rules, "atgard": "granska"])
                #expect(page.status == 422 && page.contains(words), "\(rules)")
            }
            #expect(try await browser.post("/admin/policy", ["slag": "annat", "atgard": "granska"]).status == 400)
            #expect(try await browser.post("/admin/policy", ["slag": "policy", "atgard": "slumpa"]).status == 400)
            let back = try await browser.post("/admin/policy", try fields("andra"))
            #expect(back.status == 200 && back.contains("<textarea"))
            #expect(site.application.log.head == head)
        }
    }

    @Test func `is for administrators`() async throws {
        let site = try await StaffedSite()
        for member in [site.moa, site.greta, site.eva] {
            try await site.browsing(as: member) { browser in
                #expect(try await browser.get("/admin/policy").status == 403)
                let refused = try await browser.post("/admin/policy", fields("publicera"))
                #expect(refused.status == 403)
            }
        }
        try await site.browsing(as: nil) { browser in
            let page = try await browser.get("/admin/policy")
            #expect(page.status == 303)
        }
        await site.close()
    }

    @Test func `has words for every rule`() throws {
        func paths(_ value: Any, at place: String) -> [String] {
            guard let section = value as? [String: Any] else { return [place] }
            return section.flatMap { paths($0.value, at: place.isEmpty ? $0.key : "\(place).\($0.key)") }
        }
        let rules = try JSONSerialization.jsonObject(with: Data(PolicyDocument.first().rules.json.utf8))
        // The date and the kind of change have separate fields on the page.
        let wanted = Set(paths(rules, at: "")).subtracting(["version", "change"])
            .union(["unusedAccount.closedAfter", "unusedAccount.warnBefore"])
        #expect(wanted == Set(RuleWords.labels.keys))
        #expect(RuleWords.value("\"PT48H\"") == "48\u{A0}timmar")
        #expect(RuleWords.value("[[\"name\"],[\"age\",\"sex\"]]") == "namn, ålder och kön")
        #expect(RuleWords.value("true") == "Ja" && RuleWords.value(nil) == "Saknas" && RuleWords.value("13") == "13")
    }
}
