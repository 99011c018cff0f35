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

@Suite(.clause("P-16.4")) struct `A moderator who suspends somebody` {
    private let statement = ["regel": "Medlemsvillkoren T-04.1", "handelse": "Tre hot på en vecka"]

    private func suspend(
        _ site: ModeratedSite, _ member: MemberID, days: Int, as name: String = "greta"
    ) async throws -> Browser.Answer {
        let browser = try await site.cases.browser(as: name)
        let path = "/admin/medlem/\(member)/stang-av"
        _ = try await browser.get(path)
        let until = site.cases.time.now.adding(Period(days: days)).stockholmDate
        let answer = try await browser.post(path, statement.merging(["till": "\(until)"]) { $1 })
        try await site.cases.catchUp()
        return answer
    }

    @Test func `finds the way from the report and the profile, and tells why, which rule, and how to appeal`()
        async throws
    {
        try await ModeratedSite.visited { site async throws in
            let id = try await site.report()
            let greta = try await site.cases.browser(as: "greta")
            let path = "/admin/medlem/\(site.nils)/stang-av"
            #expect(try await greta.get("/admin/arende/\(id)").contains(path))
            #expect(try await greta.get("/medlem/\(site.nils)").contains(path))
            #expect(!(try await site.cases.browser(as: "moa").get("/medlem/\(site.nils)").contains(path)))
            _ = try await site.cases.mails()
            let answer = try await suspend(site, site.nils, days: 14)
            #expect(answer.location == "/admin/ko?klart=avstangt")
            #expect(try await greta.get("/admin/ko?klart=avstangt").contains("Kontot är avstängt"))
            let mail = try #require(try await site.cases.mails().first { $0.to == "<nils@example.se>" })
            #expect(mail.body.contains("Tre hot på en vecka") && mail.body.contains("T-04.1"))
            #expect(mail.link("/overklaga/") != nil)
            #expect(try site.application.accounts.member(site.nils).deactivation != nil)
        }
    }

    @Test func `does so for a limited time; longer is an administrator's decision`() async throws {
        try await ModeratedSite.visited { site async throws in
            let tooLong = try await suspend(site, site.nils, days: 40)
            #expect(tooLong.status == 422 && tooLong.contains("högst 30"))
            #expect(try site.application.accounts.member(site.nils).active != nil)
            #expect(try await suspend(site, site.nils, days: 40, as: "astrid").status == 303)
        }
    }

    @Test func `neither herself nor any of the staff, and does nothing else about accounts`() async throws {
        try await ModeratedSite.visited { site async throws in
            let (gun, astrid) = (try site.cases.member("gun"), try site.cases.member("astrid"))
            let head = site.application.log.head
            for member in [gun, astrid, site.greta] {
                #expect(try await suspend(site, member, days: 3).status == 403)
            }
            let greta = try await site.cases.browser(as: "greta")
            for page in ["", "/stang", "/aterskapa", "/uppgifter", "/bevara", "/omprovning", "/logga-ut", "/tva-steg"] {
                #expect(try await greta.get("/admin/medlem/\(site.nils)\(page)").status == 403, "\(page)")
            }
            let moa = try await suspend(site, site.nils, days: 3, as: "moa")
            #expect(moa.status == 403)
            #expect(
                try site.application.log.events(after: head, limit: 100).allSatisfy {
                    $0.type.name == "accounts.signed-in"
                })
        }
    }

    @Test func `has it judged again by an administrator`() async throws {
        try await ModeratedSite.visited { site async throws in
            _ = try await site.cases.mails()
            #expect(try await suspend(site, site.nils, days: 14).status == 303)
            let mail = try #require(try await site.cases.mails().first { $0.to == "<nils@example.se>" })
            let path = try #require(mail.link("/overklaga/"))
            let visitor = try await site.cases.browser()
            _ = try await visitor.get(path)
            #expect(try await visitor.post(path, ["text": "Det var inte jag"]).status == 200)
            try await site.cases.catchUp()
            let astrid = try await site.cases.browser(as: "astrid")
            #expect(try await astrid.get("/admin/omprovningar").contains("\(site.nils)"))
            let appeal = "/admin/medlem/\(site.nils)/omprovning"
            _ = try await astrid.get(appeal)
            #expect(try await astrid.post(appeal, ["atgard": "bifall", "varfor": "Fel person"]).status == 303)
            #expect(try site.application.accounts.member(site.nils).active != nil)
        }
    }

    @Test func `is refused by the command as well, regardless of the caller`() async throws {
        try await ModeratedSite.visited { site async throws in
            let (accounts, now) = (site.application.accounts, site.cases.time.now)
            let reasons = try #require(StatementOfReasons(rule: "T-04.1", facts: "Hot"))
            let refused: [(MemberID, Int, AccountRefusal)] = try [
                (site.cases.member("gun"), 3, .notAllowed), (site.cases.member("astrid"), 3, .notAllowed),
                (site.nils, 31, .notAllowed), (site.greta, 3, .ownMatter),
            ]
            for (member, days, refusal) in refused {
                await #expect(throws: refusal) {
                    try await accounts.deactivate(
                        member, until: now.adding(Period(days: days)), reasons, by: .member(site.greta),
                        command: site.cases.nextCommand())
                }
            }
            await #expect(throws: AccountRefusal.notAllowed) {
                try await accounts.deactivate(
                    site.nils, until: now.adding(Period(days: 3)), reasons, by: .member(site.cases.member("moa")),
                    command: site.cases.nextCommand())
            }
        }
    }
}
