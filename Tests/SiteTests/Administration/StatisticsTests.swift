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

@Suite(.clause("P-08.3")) struct `The statistics of the community` {
    @Test func `count what enough people did in the months that are over, and nothing else`() async throws {
        let site = try await StaffedSite()
        try await site.join("fia")
        try await site.browsing(as: site.astrid) { browser in
            let early = try await browser.get("/admin/statistik")
            #expect(early.status == 200 && !early.contains("mars 2026"), "the month is not over")
        }
        site.time.set(try #require(Instant("2026-04-20T10:00:00Z")))
        try await site.join("gun")
        site.time.set(try #require(Instant("2026-05-02T10:00:00Z")))
        let figures = try site.application.views.auditTrail.monthlyFigures(12, before: site.time.now, minimum: 5)
        #expect(figures.months.count == 12)
        #expect(figures.months.map(\.start).last == CalendarDate("2026-04-01"))
        let (march, april) = (figures.months[10], figures.months[11])
        #expect(march.counts[.signUps] == .some(5), "five in March")
        #expect(april.counts[.signUps] == .some(nil), "one alone is not told of")
        #expect(march.counts[.posts] == .some(0), "nothing is nothing about anybody")
        try await site.browsing(as: site.astrid) { browser in
            let page = try await browser.get("/admin/statistik")
            #expect(page.contains("Nya medlemmar från maj 2025 till april 2026, som mest 5 i mars 2026"))
            #expect(page.contains("<td>april 2026</td><td class=\"number\">Visas inte</td>"))
            #expect(page.contains("<svg") && page.contains("role=\"img\""))
        }
        await site.close()
    }

    @Test func `are for administrators`() async throws {
        let site = try await StaffedSite()
        for member in [site.moa, site.greta, site.eva] {
            try await site.browsing(as: member) { browser in
                let page = try await browser.get("/admin/statistik")
                #expect(page.status == 403)
            }
        }
        await site.close()
    }
}
