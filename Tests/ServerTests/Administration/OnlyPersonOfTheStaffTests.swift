import Accounts
import Events
import Messaging
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Server
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite(.clause("P-08.2")) struct `The only person of the staff` {
    @Test func `is told that something waits which is not hers, and what to do`() async throws {
        try await CaseSite.visited { site async throws in
            let astrid = try await site.browser(as: "astrid")
            for path in ["/admin", "/admin/arenden"] {
                #expect(!(try await astrid.get(path).contains("members invite")), "\(path)")
            }
            let id = try await site.open(.report(.abuse, .member(site.member("astrid"))), by: site.member("moa"))
            for path in ["/admin", "/admin/arenden", "/admin/ko"] {
                let page = try await astrid.get(path)
                #expect(page.contains("members invite E-POST --role moderator"), "\(path)")
                #expect(!page.contains("\(id)") && !page.contains("moa"), "\(path)")
            }
            // Her own request also waits for another administrator.
            let wish = try #require(CorrectionWish(.name(PersonName("Astrid Berg")), grounds: "Gift"))
            _ = try await site.application.accounts.requestCorrection(
                of: site.member("astrid"), to: wish, command: site.nextCommand())
            try await site.catchUp()
            #expect(try await astrid.get("/admin").contains("--role administrator"))
            let examined = SiteExaminations(files: site.application.files).all().first { $0.name == "staff" }
            #expect(examined?.verdict == .warning && examined?.words.contains("1 reports") == true)
            try await site.application.accounts.grantRole(
                .administrator, to: site.member("snickar-nisse"), by: .operator, command: site.nextCommand())
            try await site.catchUp()
            #expect(!(try await astrid.get("/admin").contains("members invite")))
            #expect(try await site.browser(as: "snickar-nisse").get("/admin/ko").contains("\(id)"))
            let sound = SiteExaminations(files: site.application.files).all().first { $0.name == "staff" }
            #expect(sound?.verdict == .ok)
        }
    }
}

@Suite struct `What a report is about` {
    @Test(arguments: ["http://localhost", "https://localhost", "localhost", "HTTP://LOCALHOST", ""])
    func `is found by the address as people copy it`(site origin: String) async throws {
        try await OwnMatterSite.visited { site async throws in
            let base = site.cases.account.site.baseURL
            let things: [(path: String, thing: ReportedThing)] = [
                ("/inlagg/\(site.post)", .post(site.post)),
                ("/trad/\(site.thread)/sa-tycker-jag?sida=1", .thread(site.thread)),
                ("/trad/\(site.thread)/sa-tycker-jag#inlagg-\(site.post)", .post(site.post)),
                ("/medlem/\(site.astrid)", .member(site.astrid)), ("/forum", .page),
            ]
            for (path, thing) in things {
                #expect(try site.application.reportedThing(at: origin + path, of: base) == thing, "\(origin)\(path)")
            }
            #expect(
                try site.application.reportedThing(at: "http://annan.se/inlagg/\(site.post)", of: base) == .page)
        }
    }
}
