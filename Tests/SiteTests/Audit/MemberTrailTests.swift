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

@Suite struct `Following one member` {
    @Test(.clause("P-16.7")) func `takes a reason, is noted, and then shows that one's events`() async throws {
        let site = try await StaffedSite()
        let path = "/revision/medlem/\(site.eva)"
        try await site.browsing(as: site.greta) { browser async throws in
            #expect(try await browser.get("/revision/granskningslogg?medlem=eva").location == path)
            #expect(try await browser.get("/revision/granskningslogg?strom=member:\(site.eva)").location == path)
            let question = try await browser.get(path)
            #expect(question.text.contains("Följ eva") && !question.text.contains("Anmälde sig som medlem"))
            let refused = try await browser.post(path, [:])
            #expect(refused.status == 422 && !refused.text.contains("Anmälde sig som medlem"))
            #expect(try site.application.accounts.dataViews(of: site.eva) == [])
            let page = try await browser.post(path, ["skal": "audit", "anteckning": "ärende 4"])
            #expect(page.status == 200 && page.text.contains("<td>Anmälde sig som medlem</td>"))
            #expect(!page.text.contains("\(site.moa)"))
        }
        let views = try site.application.accounts.dataViews(of: site.eva)
        #expect(views.map(\.viewer) == [.member(site.greta)])
        #expect(views.first?.view.role == .auditor && views.first?.view.reason == .audit)
        await site.close()
    }

    @Test(.clause("P-16.7")) func `is refused to an auditor when the account is closed`() async throws {
        let site = try await StaffedSite()
        try await site.application.accounts.closeOnRequest(
            of: site.eva, erasing: [], by: .member(site.astrid), command: CommandID(at: site.time.now))
        _ = await site.application.views.waitUntil(position: site.application.log.head)
        let path = "/revision/medlem/\(site.eva)"
        try await site.browsing(as: site.greta) { browser async throws in
            #expect(try await browser.get(path).text.contains("Tidigare medlem"))
            #expect(try await browser.post(path, ["skal": "audit"]).status == 403)
        }
        try await site.browsing(as: site.astrid) { browser async throws in
            _ = try await browser.get(path)
            #expect(try await browser.post(path, ["skal": "support"]).status == 200)
            let nobody = "/revision/medlem/0000000000000"
            _ = try await browser.get(nobody)
            #expect(try await browser.post(nobody, ["skal": "support"]).status == 404)
        }
        await site.close()
    }
}
