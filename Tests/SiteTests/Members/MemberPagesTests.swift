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

@Suite struct `Members see members` {
    @Test(.clause("P-11.1")) func `the directory and profiles are for members`() async throws {
        try await ForumSite.visited { site, client async throws in
            let moa = try await site.member("moa", in: "2262")
            let visitor = try await site.browser(client)
            for path in ["/medlemmar", "/medlem/\(moa)"] {
                let answer = try await visitor.get(path)
                #expect(answer.status == 303 && !answer.contains("moa"))
            }
            let member = try await site.browser(client, as: moa)
            #expect(try await member.get("/medlemmar").contains("Timrå</p>"))
            let profile = try await member.get("/medlem/\(moa)")
            #expect(profile.contains("<h1>moa</h1>") && profile.contains("Timrå") && profile.contains("10 mars 2026"))
        }
    }

    @Test func `the directory is filtered by name, municipality and county`() async throws {
        try await ForumSite.visited { site, client async throws in
            let moa = try await site.member("moa", in: "2262")
            try await site.member("snickar-nisse", in: "0380")
            try await site.member("Åke", in: "2281")
            let browser = try await site.browser(client, as: moa)
            func names(_ query: String) async throws -> [String] {
                let page = try await browser.get("/medlemmar\(query)")
                #expect(page.status == 200)
                return ["moa", "snickar-nisse", "Åke"].filter { page.contains(">\($0)</a></h2>") }
            }
            #expect(try await names("") == ["moa", "snickar-nisse", "Åke"])
            #expect(try await names("?namn=NISSE") == ["snickar-nisse"])
            #expect(try await names("?kommun=2262") == ["moa"])
            #expect(try await names("?lan=V%C3%A4sternorrland") == ["moa", "Åke"])
            #expect(try await names("?kommun=0380&lan=V%C3%A4sternorrland") == [])
            #expect(try await browser.get("/medlemmar?namn=zzz").contains("Inga medlemmar hittades"))
            for query in ["?kommun=9999", "?lan=x", "?sida=2", "?sida=0", "?sida=9223372036854775807"] {
                #expect(try await browser.get("/medlemmar\(query)").status == 404, "\(query)")
            }
            let all = try await browser.get("/medlemmar").text
            let order = ["moa", "snickar-nisse", "Åke"].compactMap { all.range(of: ">\($0)</a></h2>")?.lowerBound }
            #expect(order == order.sorted() && order.count == 3)
        }
    }

    @Test(.clause("P-11.1")) func `an unknown municipality says so`() async throws {
        try await ForumSite.visited { site, client async throws in
            let (moa, nils) = (try await site.member("moa", in: "2262"), try await site.member("nils", in: "2262"))
            try await site.erase(.kinds([.municipality], of: Owner(nils)))
            let browser = try await site.browser(client, as: moa)
            #expect(try await browser.get("/medlem/\(nils)").contains("Uppgift saknas"))
            #expect(try await browser.get("/medlemmar").contains("Uppgift saknas"))
            #expect(!(try await browser.get("/medlemmar?kommun=2262")).contains("nils"))
        }
    }

    @Test(.clause("P-16.2")) func `a former member is not there`() async throws {
        try await ForumSite.visited { site, client async throws in
            let (moa, nils) = (try await site.member("moa"), try await site.member("nils"))
            try await site.eraseIdentity(of: nils)
            let browser = try await site.browser(client, as: moa)
            #expect(try await browser.get("/medlem/\(nils)").status == 404)
            #expect(try await browser.get("/medlem/\(MemberID.random())").status == 404)
            let list = try await browser.get("/medlemmar")
            #expect(!list.contains("\(nils)") && !list.contains("Tidigare medlem"))
        }
    }

    @Test func `a profile tells what its member has written`() async throws {
        try await ForumSite.visited { site, client async throws in
            let (moa, maj) = (try await site.member("moa"), try await site.member("maj", as: .moderator))
            let (thread, _) = try await site.thread("Hej hej", in: try await site.category("Allmänt"), by: maj)
            try await site.reply("Svar", to: thread, by: maj)
            let page = try await site.browser(client, as: moa).get("/medlem/\(maj)")
            #expect(page.contains("Moderator") && page.contains("<dd>2</dd>") && page.contains(">Hej hej</a>"))
        }
    }
}
