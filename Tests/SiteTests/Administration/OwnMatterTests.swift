import Accounts
import Events
import Forum
import Messaging
import Projections
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite(.clause("P-08.2")) struct `A person of the staff in her own matter` {
    private let words = "Det här gäller dig själv"

    @Test func `stands in no list, count or trail of hers, and in a colleague's`() async throws {
        try await OwnMatterSite.visited { site async throws in
            let (astrid, nils) = (
                try await site.cases.browser(as: "astrid"), try await site.cases.browser(as: "snickar-nisse")
            )
            let reports = site.reports.map { "/admin/arende/\($0)" }
            let lists: [(path: String, holds: [String])] = [
                ("/admin/ko", reports), ("/admin/arenden", reports + ["/admin/arende/\(site.dispute)"]),
                ("/admin/arenden?visa=oppna", reports + ["/admin/arende/\(site.dispute)"]),
                ("/admin/anmalda-meddelanden", ["\(site.message)"]), ("/admin/rattelser", ["\(site.correction)"]),
                ("/admin/registreringar", ["\(site.applicant)"]), ("/revision/bevaranden", [">astrid</a>"]),
                ("/revision/granskningslogg?typ=cases.opened", ["Nummer"]),
                ("/revision/granskningslogg?typ=messages.reported", ["Nummer"]),
                ("/revision/granskningslogg?typ=oversight.data-viewed", ["Nummer"]),
                ("/admin", ["fem öppna", "ett konto att granska", "ett oläst"]),
            ]
            for (path, holds) in lists {
                let (hers, his) = (try await astrid.get(path), try await nils.get(path))
                #expect(hers.status == 200 && his.status == 200, "\(path)")
                for text in holds {
                    #expect(!hers.contains(text), "\(path): \(text)")
                    #expect(his.contains(text), "\(path): \(text)")
                }
            }
            let stream = "/revision/granskningslogg?strom=case:\(site.reports[1])"
            #expect(try await astrid.get(stream).contains("Inga händelser"))
            // Also closed cases, and the reporter's actions.
            for id in site.reports {
                try await site.settle(id)
            }
            try await site.cases.catchUp()
            let closed = "/admin/arenden?visa=avslutade"
            #expect(try await astrid.get(closed).contains("Inget är avslutat"))
            #expect(try await nils.get(closed).contains(reports[0]))
            let trail = "/revision/medlem/\(site.moa)"
            for (browser, isHers) in [(astrid, true), (nils, false)] {
                _ = try await browser.get(trail)
                let page = try await browser.post(trail, ["skal": "audit"])
                #expect(page.status == 200 && page.contains("Anmälde sig som medlem"))
                #expect(page.contains("Öppnade ett ärende") != isHers)
            }
        }
    }

    @Test func `is followed as by every other party, under her own cases`() async throws {
        try await OwnMatterSite.visited { site async throws in
            let astrid = try await site.cases.browser(as: "astrid")
            let own = try await astrid.get("/arenden")
            #expect(own.contains("/arenden/\(site.dispute)"))
            for id in site.reports { #expect(!own.contains("\(id)"), "she is no party before it is decided") }
            #expect(try await astrid.get("/arenden/\(site.dispute)").contains("Det här är en tvist"))
            #expect(try await astrid.get("/arenden/\(site.reports[1])").status == 404)
            let thread = try await astrid.get("/trad/\(site.thread)/sa-tycker-jag")
            #expect(thread.contains("Byt rubrik") && !thread.contains("/moderera"))
            #expect(
                try await site.cases.browser(as: "snickar-nisse").get("/trad/\(site.thread)/sa-tycker-jag")
                    .contains("/moderera"))
        }
    }

    @Test func `is her post that was removed: she does not make it visible again`() async throws {
        try await OwnMatterSite.visited { site async throws in
            let (astrid, nils) = (
                try await site.cases.browser(as: "astrid"), try await site.cases.browser(as: "snickar-nisse")
            )
            let path = "/admin/arende/\(site.reports[1])"
            _ = try await nils.get(path)
            let upheld = ["atgard": "besluta", "beslut": "upheld", "regel": "4.2", "skal": "Ett hot"]
            #expect(try await nils.post(path, upheld).status == 303)
            try await site.cases.catchUp()
            let place = "/trad/\(site.thread)/sa-tycker-jag"
            #expect(!(try await astrid.get(place).contains("Återställ inlägget")))
            #expect(try await nils.get(place).contains("Återställ inlägget"))
            #expect(try await astrid.post("/inlagg/\(site.post)/aterstall", [:]).contains(words))
            guard case .removed = try site.application.forum.post(site.post)?.post else {
                Issue.record("the post is there again")
                return
            }
            // She is shown the decision, and neither of the two may decide her appeal.
            let own = "/arenden/\(site.reports[1])"
            #expect(try await astrid.get(own).contains("Ett hot"))
            #expect(try await astrid.post(own, ["atgard": "omprova", "meddelande": "Fel"]).status == 303)
            #expect(try await nils.get(path).contains(words))
            #expect(try await nils.post("/inlagg/\(site.post)/aterstall", [:]).contains(words))
            let list = try await nils.get("/admin/arenden")
            #expect(!list.contains("\(site.reports[1])"))
            #expect(list.contains("Ett ärende väntar på någon annan") && list.contains("members invite"))
            #expect(try await nils.get("/admin/ko").contains("--role moderator"))
            #expect(try site.application.stranded().words.contains("1 reports"))

            try await site.cases.account.join(.greta, with: site.cases.client)
            try await site.application.accounts.grantRole(
                .moderator, to: site.cases.member("greta"), by: .operator, command: site.cases.nextCommand())
            try await site.cases.catchUp()
            #expect(try site.application.stranded().isEmpty)
            #expect(!(try await nils.get("/admin/arenden").contains("members invite")))
            let greta = try await site.cases.browser(as: "greta")
            #expect(try await greta.get("/admin/ko").contains(path))
            _ = try await greta.get(path)
            let changed = ["atgard": "besluta", "beslut": "rejected", "regel": "4.2", "skal": "Inget hot"]
            #expect(try await greta.post(path, changed).status == 303)
            guard case .visible = try site.application.forum.post(site.post)?.post else {
                Issue.record("the post did not come back")
                return
            }
        }
    }

    @Test func `is asked of the case as it stands when she acts, not when she opened the page`() async throws {
        try await OwnMatterSite.visited { site async throws in
            let id = try await site.cases.open(.rights(.access), by: nil)
            let astrid = try await site.cases.browser(as: "astrid")
            #expect(try await astrid.get("/admin/arende/\(id)").status == 200)
            let verdict = try #require(IdentityVerdict(Set(IdentityVerdict.Point.allCases), reason: "Ringde"))
            try await site.application.messaging.identify(
                id, as: site.astrid, verdict, by: site.nils, command: site.cases.nextCommand())
            let head = site.application.log.head
            let answer = try await astrid.post("/admin/arende/\(id)", ["atgard": "anteckna", "anteckning": "Hej"])
            #expect(answer.status == 403 && answer.contains(words))
            #expect(site.application.log.head == head)
        }
    }

    @Test func `is refused by the commands as well, regardless of the caller`() async throws {
        try await OwnMatterSite.visited { site async throws in
            let (messaging, staff) = (site.application.messaging, site.astrid)
            let rules = try site.application.caseRules()
            let reasons = try #require(CaseReasons(rule: "4.2", "Därför"))
            let (reply, note) = (try #require(CaseReply("Hej")), try #require(CaseNote("Hej")))
            let verdict = try #require(IdentityVerdict([], reason: "Ringde"))
            for id in site.reports + [site.dispute] {
                let command = site.cases.nextCommand()
                let acts: [(String, () async throws -> Void)] = [
                    ("answer", { try await messaging.answer(id, reply, by: staff, command: command) }),
                    ("note", { try await messaging.note(note, in: id, by: staff, command: command) }),
                    ("take", { try await messaging.assign(id, to: staff, by: staff, command: command) }),
                    ("is given", { try await messaging.assign(id, to: staff, by: site.nils, command: command) }),
                    ("close", { try await messaging.close(id, by: staff, command: command) }),
                    ("reopen", { try await messaging.reopen(id, by: staff, command: command) }),
                    ("decide", { try await messaging.decide(id, .rejected, reasons, by: staff, command: command) }),
                    ("extend", { try await messaging.extend(id, reasons, rules, by: staff, command: command) }),
                    ("file", { try await messaging.acceptMail(1, in: id, rules, by: staff, command: command) }),
                    (
                        "identify",
                        { try await messaging.identify(id, as: site.moa, verdict, by: staff, command: command) }
                    ),
                    ("erase", { try await messaging.erase(id, because: .unlawful, by: staff, command: command) }),
                ]
                for (name, act) in acts {
                    await #expect(throws: CaseRefusal.ownMatter, "\(name)") { try await act() }
                }
            }
        }
    }

    @Test func `is a text that she has reported herself, as long as the report is open`() async throws {
        try await OwnMatterSite.visited { site async throws in
            let opened = try await site.application.forum.openThread(
                in: #require(try site.application.forum.categories().first?.id), title: ThreadTitle("Moas tråd"),
                body: site.application.draft("Det Moa skrev"), by: Standing(site.moa),
                command: site.cases.nextCommand())
            let id = try await site.cases.open(.report(.spam, .post(opened.post)), by: site.astrid)
            let astrid = try await site.cases.browser(as: "astrid")
            let path = "/inlagg/\(opened.post)/ta-bort"
            #expect(try await astrid.get("/admin/arende/\(id)").contains(words))
            #expect(try await astrid.get(path).contains(words))
            try await site.settle(id)
            try await site.cases.catchUp()
            #expect(try await astrid.get(path).status == 200)
        }
    }

    @Test func `is a request for the number that is hers`() async throws {
        try await OwnMatterSite.visited { site async throws in
            let number = try PersonalIdentityNumber(
                #require(Applicant.astrid.fields["personnummer"]), today: site.cases.time.now.stockholmDate)
            let wish = try #require(CorrectionWish(.personalIdentityNumber(number), grounds: "Fel"))
            let id = try await site.application.accounts.requestCorrection(
                of: site.moa, to: wish, command: site.cases.nextCommand())
            try await site.cases.catchUp()
            let astrid = try await site.cases.browser(as: "astrid")
            #expect(try await astrid.get("/admin/rattelse/\(id)").contains(words))
            #expect(!(try await astrid.get("/admin/rattelser").contains("\(id)")))
            await #expect(throws: AccountRefusal.ownMatter) {
                try await site.application.accounts.compare(
                    id, .differs, by: .member(site.astrid), command: site.cases.nextCommand())
            }
            #expect(try await site.cases.browser(as: "snickar-nisse").get("/admin/rattelser").contains("\(id)"))
        }
    }

    @Test func `is her role: she gives herself none, and may give one up`() async throws {
        try await OwnMatterSite.visited { site async throws in
            let astrid = try await site.cases.browser(as: "astrid")
            let path = "/admin/medlem/\(site.astrid)"
            let page = try await astrid.get(path)
            #expect(page.contains("Det är ditt eget konto") && !page.contains("bevaras nu"))
            let change = ["roll": "auditor", "andring": "ta", "bekraftat": "ja", "password": AccountSite.password]
            #expect(try await astrid.post(path, change).status == 303)
            #expect(try !site.application.accounts.roles(of: site.astrid).contains(.auditor))
            #expect(!(try await astrid.get(path).contains("Ge rollen revisor")))
            #expect(try await astrid.post(path, change.merging(["andring": "ge"]) { $1 }).contains(words))
            #expect(try !site.application.accounts.roles(of: site.astrid).contains(.auditor))
        }
    }
}
