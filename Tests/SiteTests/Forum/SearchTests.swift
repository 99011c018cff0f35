import Events
import Forum
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite struct `Searching` {
    @Test func `threads are found by words of their titles, whatever the case`() async throws {
        try await ForumSite.visited { site, client async throws in
            let moa = try await site.member("moa")
            let open = try await site.category("Pengar")
            try await site.thread("Årets Moms och skatt", in: open, by: moa)
            try await site.thread("Skylt", in: open, by: moa)
            try await site.thread("Hemlig moms", in: try await site.category("Fika", for: .members), by: moa)
            let visitor = try await site.browser(client)
            let found = try await visitor.get("/sok?q=skatt+%C3%A5rets")
            #expect(found.contains("Årets Moms och skatt") && !found.contains("Skylt"))
            #expect(!(try await visitor.get("/sok?q=moms")).contains("Hemlig"))
            #expect(try await site.browser(client, as: moa).get("/sok?q=MOMS").contains("Hemlig moms"))
            #expect(try await visitor.get("/sok?q=finnsinte").contains("Inga trådar hittades"))
            #expect(try await visitor.get("/sok").status == 200)
            #expect(try await visitor.get("/sok?q=a").contains("minst två tecken"))
            for text in ["%25", "_", "'", "%22%3Cb%3E", "%F0%9F%8D%8B%F0%9F%8D%8B"] {
                #expect(try await visitor.get("/sok?q=\(text)\(text)").status == 200)
            }
            #expect(try await visitor.get("/sok?q=moms&sida=2").status == 404)
            #expect(try await visitor.get("/sok?q=moms&q=b").status == 400)
        }
    }

    @Test(.clause("P-08.7")) func `members find members by username, visitors find none`() async throws {
        try await ForumSite.visited { site, client async throws in
            let moa = try await site.member("moa")
            try await site.member("snickar-nisse")
            #expect(!(try await site.browser(client).get("/sok?q=nisse")).contains("snickar-nisse"))
            let member = try await site.browser(client, as: moa)
            #expect(try await member.get("/sok?q=NISSE").contains("snickar-nisse"))
            #expect(!(try await member.get("/sok?q=hallin")).contains("snickar-nisse"))
        }
    }
}
