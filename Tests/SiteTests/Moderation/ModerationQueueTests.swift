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

@Suite(.clause("P-08.2")) struct `The queue of reports` {
    @Test func `has one row for each text, with what it says, who wrote it, where, and how often it is reported`()
        async throws
    {
        try await ModeratedSite.visited { site async throws in
            let greta = try await site.cases.browser(as: "greta")
            #expect(try await greta.get("/admin/ko").contains("Inget väntar på beslut"))
            let first = try await site.report()
            let second = try await site.report(by: nil, .personalData)
            let page = try await greta.get("/admin/ko")
            #expect(page.count(of: "hon svarar alltid") == 1 && page.contains("<b>2</b> anmälningar"))
            #expect(page.contains("/admin/arende/\(first)") && !page.contains("/admin/arende/\(second)"))
            #expect(page.contains("Inlägg av snickar-nisse i ”Om telefoner”"))
            #expect(page.contains("hot, hat eller trakasserier") && page.contains("personuppgifter"))
            #expect(page.contains("Senast ") && !page.contains("Försenat"))
            site.cases.time.advance(by: try #require(Period("PT25H")))
            #expect(try await greta.get("/admin/ko").contains("Försenat"))
        }
    }

    @Test(.clause("P-14.1")) func `shows no personal identity number, and one line of a long text`() async throws {
        try await ModeratedSite.visited { site async throws in
            let opened = try await site.application.forum.openThread(
                in: #require(try site.application.forum.categories().first?.id), title: ThreadTitle("Nummer"),
                body: site.application.draft(
                    "Hans nummer är 19880917-2391\n\n" + String(repeating: "Mer text. ", count: 100)),
                by: Standing(site.nils), command: site.cases.nextCommand())
            _ = try await site.cases.open(.report(.personalData, .post(opened.post)), by: site.cases.member("moa"))
            let page = try await site.cases.browser(as: "greta").get("/admin/ko")
            #expect(page.contains(MaskedText.mask) && !page.contains("2391"))
            #expect(page.count(of: "Mer text.") < 15)
        }
    }

    @Test func `is decided once for all who reported, and each is told`() async throws {
        try await ModeratedSite.visited { site async throws in
            let first = try await site.report()
            let second = try await site.report(by: nil, .personalData)
            _ = try await site.cases.mails()
            let page = try await site.cases.browser(as: "greta").get("/admin/arende/\(first)")
            #expect(page.contains("Fler anmälningar om samma text") && page.contains("gäller två anmälningar"))
            #expect(try await site.decide(first, .upheld, as: "greta").status == 303)
            for id in [first, second] {
                #expect(try site.cases.file(id).decision?.outcome == .upheld)
                #expect(try site.cases.file(id).isClosed)
            }
            let mails = try await site.cases.mails()
            #expect(mails.map(\.to).sorted() == ["<moa@example.se>", "<nils@example.se>", "<ute@example.se>"])
            for mail in mails { #expect(mail.body.contains("Röjer hennes vanor")) }
            #expect(try await site.cases.browser(as: "greta").get("/admin/ko").contains("Inget väntar på beslut"))
        }
    }

    @Test func `leaves out a text that the reader has reported herself, even when others did as well`() async throws {
        try await ModeratedSite.visited { site async throws in
            let id = try await site.report()
            _ = try await site.report(by: "greta")
            let greta = try await site.cases.browser(as: "greta")
            #expect(!(try await greta.get("/admin/ko").contains("/admin/arende/")))
            #expect(try await greta.get("/admin/arende/\(id)").status == 403)
            #expect(try await site.decide(id, .rejected, as: "greta").status == 403)
            #expect(try await site.cases.browser(as: "gun").get("/admin/ko").contains("<b>2</b> anmälningar"))
        }
    }

    @Test func `is paged, the one that is due first at the top`() async throws {
        try await ModeratedSite.visited { site async throws in
            let moa = try site.cases.member("moa")
            var ids: [CaseID] = []
            for _ in 0...ReportQueue.pageSize { ids.append(try await site.cases.open(.report(.spam, .page), by: moa)) }
            let greta = try await site.cases.browser(as: "greta")
            let (first, second) = (try await greta.get("/admin/ko"), try await greta.get("/admin/ko?sida=2"))
            #expect(first.contains("\(ids[0])") && !first.contains("\(ids[ReportQueue.pageSize])"))
            #expect(second.contains("\(ids[ReportQueue.pageSize])") && !second.contains("\(ids[0])"))
            #expect(try await greta.get("/admin/ko?sida=3").status == 404)
        }
    }
}
