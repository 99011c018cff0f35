import Accounts
import Events
import Projections
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite struct `Administering the site` {
    @Test(arguments: ["/admin", "/admin/vyer", "/admin/medlemmar", "/revision", "/revision/granskningslogg"])
    func `is for the staff only`(path: String) async throws {
        let site = try await StaffedSite()
        try await site.browsing(as: nil) { browser in
            let page = try await browser.get(path)
            #expect(page.location == "/logga-in?till=\(path)")
        }
        try await site.browsing(as: site.eva) { browser in
            let page = try await browser.get(path)
            let order = try await browser.post("/admin/vyer", ["atgard": "bygg-om"])
            #expect(page.status == 403 && order.status == 403)
        }
        await site.close()
    }

    @Test func `shows each role its own tasks`() async throws {
        let site = try await StaffedSite()
        try await site.browsing(as: site.moa) { browser async throws in
            let page = try await browser.get("/admin")
            #expect(page.status == 200)
            #expect(page.text.contains("Din roll: moderator."))
            #expect(!page.text.contains("/admin/vyer") && !page.text.contains("/revision/"))
            #expect(try await browser.get("/admin/medlemmar").status == 403)
        }
        try await site.browsing(as: site.astrid) { browser async throws in
            let page = try await browser.get("/admin")
            #expect(page.text.contains("/admin/vyer") && page.text.contains("/admin/medlemmar"))
        }
        await site.close()
    }

    @Test func `rebuilds the views in the background, and the page says when it is done`() async throws {
        let site = try await StaffedSite()
        let generation = site.application.views.status.generation
        try await site.browsing(as: site.astrid) { browser async throws in
            let before = try await browser.get("/admin/vyer")
            #expect(before.text.contains("Bygg om vyerna") && before["Refresh"] == nil)
            let answer = try await browser.post("/admin/vyer", ["atgard": "bygg-om"])
            #expect(answer.location == "/admin/vyer")
            while site.rebuild.state(at: site.time.now).elapsed != nil { try await Task.sleep(for: .milliseconds(5)) }
            let after = try await browser.get("/admin/vyer")
            #expect(after.text.contains("Generation \(generation + 1) är i bruk"))
            #expect(site.application.views.status.generation == generation + 1)
        }
        await site.close()
    }

    @Test func `a rebuild under way is shown as it goes, refreshed without script, and can be watched in peace`() throws
    {
        let status = ViewsStatus(
            generation: 1, position: 100, head: 100, failure: nil, rebuild: RebuildProgress(done: 40, total: 100))
        let page = ViewsPage(
            status: status, rebuild: .init(elapsed: 4, last: nil), refreshesItself: true)
        var html = HTMLWriter(now: .testStart)
        page.write(into: &html)
        let text = String(decoding: html.bytes, as: UTF8.self)
        #expect(page.isChanging)
        #expect(text.contains("value=\"40\""))
        #expect(text.contains("10 i sekunden, 6\u{A0}sekunder kvar"))
        #expect(text.contains("uppdatera=nej") && text.contains("value=\"avbryt\""))
    }

    @Test func `finds members by part of their username`() async throws {
        let site = try await StaffedSite()
        try await site.browsing(as: site.astrid) { browser async throws in
            let found = try await browser.get("/admin/medlemmar?namn=re")
            #expect(found.text.contains(">greta</a>") && !found.text.contains(">eva</a>"))
            #expect(try await browser.get("/admin/medlemmar?namn=zzz").text.contains("Ingen medlem heter så"))
            #expect(try await browser.get("/admin/medlemmar?sida=7").status == 404)
        }
        await site.close()
    }

    @Test func `a role is given after a question, by the administrator who answered it`() async throws {
        let site = try await StaffedSite()
        let place = "/admin/medlem/\(site.eva)"
        try await site.browsing(as: site.astrid) { browser async throws in
            _ = try await browser.get(place)
            let question = try await browser.post(place, ["roll": "moderator", "andring": "ge"])
            #expect(question.status == 200 && question.text.contains("Ge eva rollen moderator?"))
            #expect(try site.application.accounts.roles(of: site.eva) == [.member])
            let answer = try await browser.post(
                place, ["roll": "moderator", "andring": "ge", "bekraftat": "ja", "password": "rabarber-i-motvind"])
            #expect(answer.location == place)
            #expect(try site.application.accounts.roles(of: site.eva) == [.member, .moderator])
            #expect(try await browser.get(place).text.contains("Ta ifrån rollen moderator"))
        }
        let last = try #require(try site.application.log.events(after: site.application.log.head - 1, limit: 1).first)
        #expect(last.actor == .member(site.astrid) && last.type.name == "accounts.role-granted")
        await site.close()
    }

    @Test func `the last administrator stays`() async throws {
        let site = try await StaffedSite()
        let place = "/admin/medlem/\(site.astrid)"
        try await site.browsing(as: site.astrid) { browser async throws in
            _ = try await browser.get(place)
            let answer = try await browser.post(
                place, ["roll": "administrator", "andring": "ta", "bekraftat": "ja", "password": "rabarber-i-motvind"])
            #expect(answer.status == 422 && answer.text.contains("Den sista administratören kan inte tas bort"))
            #expect(try site.application.accounts.roles(of: site.astrid).contains(.administrator))
        }
        await site.close()
    }

    @Test(arguments: [
        ["roll": "kung", "andring": "ge"], ["roll": "member", "andring": "ge"], ["roll": "moderator"], [:],
    ])
    func `nothing but the roles there are can be given`(fields: [String: String]) async throws {
        let site = try await StaffedSite()
        try await site.browsing(as: site.astrid) { browser async throws in
            _ = try await browser.get("/admin/medlem/\(site.eva)")
            #expect(try await browser.post("/admin/medlem/\(site.eva)", fields).status == 400)
            #expect(try await browser.get("/admin/medlem/0000000000000").status == 404)
        }
        await site.close()
    }
}
