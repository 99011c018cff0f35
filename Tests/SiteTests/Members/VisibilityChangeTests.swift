import Accounts
import Events
import Forum
import Foundation
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite struct `What changes about a member` {
    @Test(.clause("P-11.2"), .clause("P-08.7"))
    func `shows on the next request, on every page and in every search`() async throws {
        try await ForumSite.visited { site, client async throws in
            let (moa, nils) = (try await site.member("moa"), try await site.member("nils"))
            let browser = try await site.browser(client, as: moa)
            let pages = ["/medlem/\(nils)", "/medlemmar", "/medlemmar?namn=hallin", "/sok?q=halli"]
            func showing(_ text: String) async throws -> [String] {
                var showing: [String] = []
                for page in pages {
                    let answer = try await browser.get(page)
                    #expect(answer["Cache-Control"] == "private, no-store")
                    // The form repeats the search text.
                    if answer.text.replacing(/value="[^"]*"/, with: "").contains(text) { showing.append(page) }
                }
                return showing
            }
            for _ in 1...2 {
                #expect(try await showing("Moa Hallin").isEmpty)
                #expect(try await browser.get("/medlemmar?namn=hallin").contains("Inga medlemmar hittades"))
                try await site.answer(.visibleName, true, nils)
                #expect(try await showing("Moa Hallin") == pages)
                try await site.answer(.visibleName, false, nils)
            }
            for word in ["Kvinna", "Man"] { #expect(try await showing("<dd>\(word)</dd>").isEmpty) }
            try await site.answer(.visibleAgeAndSex, true, nils)
            let sex = try #require(try site.application.accounts.member(nils).account?.identity.value.value?.sex.words)
            #expect(try await showing("<dd>\(sex)</dd>") == [pages[0]])
            try await site.answer(.visibleAgeAndSex, false, nils)
            #expect(try await showing("<dd>\(sex)</dd>").isEmpty)
        }
    }

    @Test(.clause("P-11.2")) func `is its age in whole years, from the birthday on`() async throws {
        try await ForumSite.visited { site, client async throws in
            let (moa, nils) = (try await site.member("moa"), try await site.member("nils"))
            try await site.answer(.visibleAgeAndSex, true, nils)
            let born = try #require(
                try site.application.accounts.member(nils).account?.identity.value.value?.number.birthDate)
            let years = born.wholeYears(until: site.time.now.stockholmDate)
            let browser = try await site.browser(client, as: moa)
            #expect(try await browser.get("/medlem/\(nils)").contains("<dd>\(years) år</dd>"))
            // A year on, everybody has become one year older, and nothing else has happened.
            site.time.advance(by: try #require(Period("P1Y")))
            let later = try await site.browser(client, as: moa)
            #expect(try await later.get("/medlem/\(nils)").contains("<dd>\(years + 1) år</dd>"))
        }
    }

    @Test(.clause("P-16.2"), .clause("P-16.4"))
    func `takes a name off the pages cached for visitors, the feeds and the lists, and brings it back`() async throws {
        try await ForumSite.visited { site, client async throws in
            let (moa, astrid) = (try await site.member("moa"), try await site.member("astrid", as: .administrator))
            let nils = try await site.member("timmerman", in: "2262")
            let category = try await site.category("Allmänt")
            let (thread, post) = try await site.thread("Virke och spik", "Torrt virke", in: category, by: nils)
            let (other, _) = try await site.thread("Annat", "@timmerman vet\n\n[citat \(post)]", in: category, by: moa)
            site.time.advance(seconds: 1)
            try await site.reply("Precis så", to: other, by: nils)
            let open = [
                "/forum", "/forum/allmant", "/trad/\(thread)/virke-och-spik", "/trad/\(other)/annat", "/feed.atom",
                "/forum/allmant/feed.atom", "/sok?q=virke",
            ]
            let closed = ["/medlemmar", "/medlemmar?kommun=2262", "/medlemmar?namn=timmer", "/sok?q=timmer"]
            let (visitor, member) = (try await site.browser(client), try await site.browser(client, as: moa))
            func expect(present: Bool, _ comment: Comment) async throws {
                for path in open {
                    let answer = try await visitor.get(path)
                    #expect(answer.contains("timmerman") == present, "\(path), \(comment)")
                    #expect(try await member.get(path).contains("timmerman") == present, "\(path), \(comment)")
                    #expect(answer.contains("Tidigare medlem") != present, "\(path), \(comment)")
                }
                for path in closed {
                    #expect(try await member.get(path).contains("timmerman") == present, "\(path), \(comment)")
                    #expect(try await !visitor.get(path).contains("timmerman"))
                }
                #expect(try await member.get("/medlem/\(nils)").status == (present ? 200 : 404), comment)
                #expect(try await !visitor.get("/sitemap.xml").contains("timmerman"))
                let preview = ["text": "Hej @timmerman"]
                _ = try await member.get("/trad/\(other)/annat")
                let mentioned = try await member.post("/forhandsgranska", preview)
                #expect(mentioned.contains("/medlem/\(nils)") == present, comment)
            }
            let accounts = site.application.accounts
            let judge = Actor.member(astrid)
            try await expect(present: true, "at first")
            try await accounts.close(
                nils, password: EnteredPassword(ForumSite.password), texts: .anonymise, marked: [],
                command: site.command())
            await site.waitForViews()
            try await expect(present: false, "closed")
            try await accounts.restore(nils, by: judge, command: site.command())
            await site.waitForViews()
            try await expect(present: true, "restored")
            try await accounts.deactivate(
                nils, until: site.time.now.advanced(seconds: 3600),
                try #require(StatementOfReasons(rule: "Regel", facts: "Händelse")), by: judge, command: site.command())
            await site.waitForViews()
            try await expect(present: false, "deactivated")
        }
    }

    @Test func `is a new username wherever the old one stood`() async throws {
        try await ForumSite.visited { site, client async throws in
            let (moa, nils) = (try await site.member("moa"), try await site.member("timmerman"))
            let (thread, _) = try await site.thread("Virke", in: try await site.category("Allmänt"), by: nils)
            let (visitor, member) = (try await site.browser(client), try await site.browser(client, as: moa))
            let paths = ["/forum", "/forum/allmant", "/trad/\(thread)/virke", "/feed.atom"]
            for path in paths { #expect(try await visitor.get(path).contains("timmerman")) }
            try await site.application.accounts.changeUsername(
                of: nils, to: Username("finsnickare"), command: site.command())
            await site.waitForViews()
            for path in paths {
                let answer = try await visitor.get(path)
                #expect(answer.contains("finsnickare") && !answer.contains("timmerman"), "\(path)")
            }
            for path in ["/medlemmar", "/medlem/\(nils)", "/sok?q=finsn"] {
                let answer = try await member.get(path)
                #expect(answer.contains("finsnickare") && !answer.contains("timmerman"), "\(path)")
            }
            #expect(try await !member.get("/medlemmar?namn=immerma").contains("finsnickare"))
        }
    }

    @Test(.clause("P-07.1"), .clause("P-11.1"))
    func `is a protected identity that nobody can tell from an unknown municipality`() async throws {
        try await ForumSite.visited { site, client async throws in
            let moa = try await site.member("moa", in: "2262")
            let (nils, lisa) = (try await site.member("nils", in: "2262"), try await site.member("lisa", in: "2262"))
            try await site.answer(.visibleName, true, nils)
            try await site.application.accounts.setIdentityProtection(
                of: nils, to: .protected, by: .system, command: site.command())
            try await site.erase(.kinds([.municipality], of: Owner(lisa)))
            let browser = try await site.browser(client, as: moa)
            func comparable(_ path: String, _ member: MemberID, _ name: String) async throws -> String {
                try await browser.get(path).withoutTokens.replacing(member.description, with: "ID").replacing(
                    name, with: "NAMN"
                )
                .replacing(/tint-\d/, with: "").replacing(name.prefix(1).uppercased() + "</span>", with: "</span>")
            }
            let profiles = (
                try await comparable("/medlem/\(nils)", nils, "nils"),
                try await comparable("/medlem/\(lisa)", lisa, "lisa")
            )
            #expect(profiles.0 == profiles.1 && profiles.0.contains("Uppgift saknas"))
            let entries = (
                try await comparable("/medlemmar?namn=nils", nils, "nils"),
                try await comparable("/medlemmar?namn=lisa", lisa, "lisa")
            )
            #expect(entries.0 == entries.1 && entries.0.contains("Uppgift saknas"))
            for query in ["?kommun=2262", "?lan=V%C3%A4sternorrland", "?namn=hallin"] {
                #expect(try await !browser.get("/medlemmar\(query)").contains(">nils</a>"), "\(query)")
            }
        }
    }
}

extension ForumSite {
    fileprivate func answer(_ purpose: ConsentPurpose, _ isYes: Bool, _ member: MemberID) async throws {
        let wording = TextHash(of: "test")
        try await application.accounts.answer(
            AnswerConsent(purpose, isYes: isYes, wording: wording), of: member, command: command())
        await waitForViews()
    }
}
