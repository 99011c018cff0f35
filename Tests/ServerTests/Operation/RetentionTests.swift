import Accounts
import Events
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Server
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite(.clause("P-16.5")) struct `Data retained for a limited time` {
    @Test func `stands in one table with its limit and the oldest there is`() async throws {
        let site = try await StaffedSite()
        site.visits.note(VisitingRequest(time: site.time.now, route: .start))
        try site.visits.flush()
        try await site.browsing(as: site.astrid) { browser async throws in
            let page = try await browser.get("/admin/gallring")
            #expect(page.text.contains("Rader i besöksloggen") && page.text.contains("90\u{A0}dagar"))
            #expect(page.text.contains("Inloggade webbläsare") && page.text.contains("10 mars 2026 kl."))
            #expect(!page.text.contains("Över gränsen"))
            site.time.advance(by: Period(days: 1))
            #expect(try await browser.get("/admin/gallring").status == 200)
        }
        try await site.browsing(as: site.greta) { browser async throws in
            #expect(try await browser.get("/admin/gallring").status == 403)
        }
        await site.close()
    }

    @Test func `is overdue when the hourly jobs should have taken it away`() throws {
        let rules = try PolicyDocument.first().rules
        let kinds = [
            RetentionOverview.Kind("a", "A", since: "då", { $0.retention.visitLog }) { .testStart },
            RetentionOverview.Kind("b", "B", since: "då", { $0.retention.visitLog }) { nil },
        ]
        let due = Instant.testStart.adding(Period(days: 90))
        for (late, isOverdue) in [(2.0 * 3600, false), (2 * 3600 + 1, true)] {
            let lines = try RetentionOverview(of: kinds, under: rules, at: due.advanced(seconds: late)).lines
            #expect(lines.map(\.isOverdue) == [isOverdue, false])
        }
    }

    @Test func `has its age next to its limit in the metrics`() async throws {
        try await AccountSite.visited { site, _ async throws in
            site.visits.note(VisitingRequest(time: site.time.now, route: .start))
            try site.visits.flush()
            site.time.advance(seconds: 90)
            let lines = try Metrics(site.application, site.site).text.split(separator: "\n")
            #expect(lines.contains("mikroforetag_visits 1") && lines.contains("mikroforetag_visits_dropped_total 0"))
            #expect(lines.contains("mikroforetag_retention_oldest_seconds{kind=\"visits\"} 90"))
            #expect(lines.contains { $0.hasPrefix("mikroforetag_retention_limit_seconds{kind=\"visits\"} 77") })
            #expect(lines.contains("mikroforetag_retention_oldest_seconds{kind=\"sessions\"} 0"))
        }
    }
}
