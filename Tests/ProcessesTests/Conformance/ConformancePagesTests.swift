import Foundation
import Projections
import Testing
import Testkit

@testable import Accounts
@testable import Events
@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite struct `Showing how the policy is kept` {
    /// The event of a sign-in, which the sessions of a staffed site begin without.
    private func signIn(_ member: MemberID, in site: StaffedSite) async throws {
        let origin = Sealed(
            SignInOrigin(address: "192.0.2.1", device: "x"), .signIn, of: member,
            createdBy: CommandID(at: site.time.now))
        _ = try await site.application.log.append(
            Append(
                command: CommandID(at: site.time.now), actor: .member(member), time: site.time.now,
                streams: [
                    StreamAppend(
                        StreamName(SignInID(rawValue: 77)), expected: .exactly(0),
                        [SignInEvent.signedIn(member, origin)])
                ]))
    }

    @Test func `an auditor asks for a check, and every clause is shown with what was found`() async throws {
        let site = try await StaffedSite()
        try await signIn(site.greta, in: site)
        try await site.browsing(as: site.greta) { browser async throws in
            let before = try await browser.get("/revision/policy")
            #expect(before.status == 200 && before.text.contains("inte kontrollerats sedan webbplatsen startade"))
            let asked = try await browser.post("/revision/policy", [:])
            #expect(asked.location == "/revision/policy")
            await site.conformance.check(at: site.time.now)
            let page = try await browser.get("/revision/policy")
            #expect(page.text.contains("Ingen kontroll har hittat något som talar emot policyn"))
            for clause in PolicyClause.allCases { #expect(page.text.contains("id=\"\(clause.rawValue)\"")) }
            #expect(page.text.contains("Avslutade konton raderas i tid") && page.text.contains("Stämmer"))
            #expect(page.text.contains("/revision/granskningslogg?klausul=P-00.1"))
            #expect(page.text.contains("Exempelbolaget Handelsbod") && !page.text.contains("{{"))
            #expect(page["Refresh"] == nil)
        }
        await site.close()
    }

    @Test func `is for auditors and administrators`() async throws {
        let site = try await StaffedSite()
        for (member, status) in [(site.eva, 403), (site.moa, 403), (site.astrid, 200)] {
            try await site.browsing(as: member) { browser async throws in
                for path in ["/revision/policy", "/revision/behandlingar", "/revision/behandlingar.json"] {
                    let page = try await browser.get(path)
                    #expect(page.status == status, "\(path)")
                }
            }
        }
        try await site.browsing(as: site.greta) { browser async throws in
            #expect(try await browser.get("/admin/lagring").status == 403)
        }
        await site.close()
    }

    @Test(.clause("P-16.2")) func `what is broken is named by event and member, and in public only as broken`()
        async throws
    {
        let site = try await StaffedSite()
        let log = site.application.log
        // A sequence that no command would write: a sign-in after the account was closed.
        try await site.application.accounts.closeOnRequest(
            of: site.eva, erasing: [], by: .member(site.astrid), command: CommandID(at: site.time.now))
        try await signIn(site.eva, in: site)
        let breach = log.head
        _ = await site.application.views.waitUntil(position: breach)
        await site.conformance.check(at: site.time.now)
        try await site.browsing(as: site.greta) { browser async throws in
            let page = try await browser.get("/revision/policy")
            #expect(page.text.contains("1\u{A0}klausul följs inte"))
            #expect(page.text.contains("/revision/handelse/\(breach)") && page.text.contains("Tidigare medlem"))
            #expect(!page.text.contains(site.eva.description))
        }
        try await site.browsing(as: nil) { browser async throws in
            let page = try await browser.get("/integritetspolicy/efterlevnad")
            #expect(page.text.contains("tag danger\">Följs inte<"))
            #expect(page.text.contains("Bara medlemmar har loggat in"))
            #expect(!page.text.contains("/revision/") && !page.text.contains(site.eva.description))
        }
        await site.close()
    }

    @Test func `what files showed becomes one event a day, and a month is asked for`() async throws {
        let site = try await StaffedSite()
        let log = site.application.log
        let before = log.head
        await site.conformance.check(at: site.time.now)
        #expect(log.head == before + 1)
        let event = try #require(try log.events(in: FilesJudged.stream).last)
        let verdict = try #require(try FilesJudged(event))
        #expect(verdict.held.contains(InvariantName.namesHaveOneHolder.code) && verdict.broken == [])
        await site.conformance.check(at: site.time.now)
        await site.conformance.goOn(at: site.time.now)
        #expect(log.head == before + 1 && site.conformance.current.last?.head == before + 1)
        try await site.browsing(as: site.greta) { browser async throws in
            let month = String(site.time.now.stockholmDate.description.prefix(7))
            let page = try await browser.get("/revision/policy?manad=\(month)")
            #expect(page.text.contains("Följdes policyn i ") && page.text.contains("Sista felet"))
            let none = try await browser.get("/revision/policy?manad=1066-10")
            #expect(none.status == 200 && none.text.contains("Den månaden finns inte bland dem"))
        }
        await site.close()
    }

    @Test(.clause("P-08.3")) func `everybody may read it, and nothing is said about few`() async throws {
        let site = try await StaffedSite()
        try await site.browsing(as: nil) { browser async throws in
            let unchecked = try await browser.get("/integritetspolicy/efterlevnad")
            #expect(unchecked.status == 200 && unchecked.text.contains("Inte kontrollerat än"))
            #expect(!unchecked.text.contains("tag strong"))
            await site.conformance.check(at: site.time.now)
            let page = try await browser.get("/integritetspolicy/efterlevnad")
            #expect(page.text.contains("tag strong\">Bevisat<") && page.text.contains("\"tag\">Inte kontrollerat<"))
            #expect(page.text.contains("\"tag\">Intygat av tester<"))
            #expect(page.text.contains("Avslutade konton som väntar på radering"))
            #expect(page.text.ranges(of: "Färre än 5").count == RetainedFigures.Kind.allCases.count)
            for username in ["astrid", "greta"] { #expect(!page.text.contains(username)) }
        }
        await site.close()
    }

    @Test(.clause("P-10.1")) func `a secret hold shows nowhere in public, not even when the time is out`() async throws
    {
        let site = try await StaffedSite()
        let accounts = site.application.accounts
        let reference = try #require(HoldReference("Polisen 0105-K1-26"))
        try await accounts.closeOnRequest(
            of: site.eva, erasing: [], by: .member(site.astrid), command: CommandID(at: site.time.now))
        try await accounts.placeHold(
            on: site.eva, reference, isSecret: true, by: .member(site.astrid), confirmedBy: .operator,
            command: CommandID(at: site.time.now))
        let keys = KeyEpochs(application: site.application)
        // Keys that were replaced late would be told in public.
        func pass(days: Int) async throws {
            for _ in 1...days / 5 {
                site.time.advance(by: Period(days: 5))
                _ = try await keys.work()
            }
        }
        try await pass(days: 335)
        #expect(try await accounts.announcePurge(of: site.eva))
        try await pass(days: 730)
        _ = await site.application.views.waitUntil(position: site.application.log.head)
        await site.conformance.check(at: site.time.now)
        let state = site.conformance.current
        #expect(state.last?.isBroken == false)
        let closed = try #require(state.figures?.lines.first { $0.kind == .closedAccounts })
        #expect(closed.retained == nil)
        try await site.browsing(as: nil) { browser async throws in
            let page = try await browser.get("/integritetspolicy/efterlevnad")
            #expect(!page.text.contains("tag danger") && !page.text.contains("medan det bevarades"))
        }
        await site.close()
    }

    @Test(.clause("P-08.1")) func `the register of processing is a page and a file`() async throws {
        let site = try await StaffedSite()
        try await site.browsing(as: site.greta) { browser async throws in
            let page = try await browser.get("/revision/behandlingar")
            #expect(page.text.contains("Personnummer") && page.text.contains("accounts.signed-up"))
            #expect(page.text.contains("Inga uppgifter behandlas för det här än"))
            let file = try await browser.get("/revision/behandlingar.json")
            #expect(file["Content-Type"] == "application/json; charset=utf-8")
            let register = try #require(
                try JSONSerialization.jsonObject(with: Data(file.text.utf8)) as? [String: Any])
            let activities = try #require(register["activities"] as? [[String: Any]])
            let policy = try site.application.accounts.policyInForce(at: site.time.now)
            #expect(activities.compactMap { $0["purpose"] as? String } == policy.rules.purposes.map(\.id))
            #expect(register["unnamedPurposes"] as? [String] == [])
        }
        await site.close()
    }

    @Test(.clause("P-13.1")) func `every store has its place, and what is not said is asked for`() async throws {
        let site = try await StaffedSite()
        try await site.browsing(as: site.astrid) { browser async throws in
            let page = try await browser.get("/admin/lagring")
            #expect(page.status == 200)
            for kind in StoragePlaces.Kind.allCases { #expect(page.text.contains(kind.title)) }
            #expect(page.text.contains("log.sqlite") && page.text.contains("Inte angiven"))
            #expect(page.text.contains("Policyn lovar att uppgifterna finns i Sverige"))
            #expect(page.text.contains("Gav en roll"))
        }
        let words = StorageWords(data: "Luleå", keys: "Boden", backups: "Umeå", relay: "Kalix")
        var mail = MailDelivery()
        mail.smtpHost = "relay.example.org"
        let lines = try StoragePlaces(application: site.application, words: words, mail: mail).lines(at: site.time.now)
        #expect(lines.filter { $0.place == nil }.map(\.kind) == [.anchor])
        #expect(lines.first { $0.kind == .mail }?.address == "relay.example.org:587")
        await site.close()
    }

    @Test(.clause("P-15.1")) func `the audit knows every kind of mail that can be switched off`() {
        for mail in SiteMail.allCases where mail != .newsletter {
            #expect(MailKind(sentAs: mail.name) == mail.kind, "\(mail)")
        }
    }
}
