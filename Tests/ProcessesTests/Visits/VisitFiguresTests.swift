import Events
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite(.clause("P-08.3")) struct `Figures of visits` {
    func figures(_ visits: LoggedVisits) throws -> VisitFigures {
        try visits.log.flush()
        return try VisitFigures(of: visits.log.path, minimum: 5, at: visits.time.now.adding(Period(days: 1)))
    }

    /// Records a page view by each of `visitors` visitors, each from a different network.
    func come(_ visitors: Int, to route: Address, in visits: LoggedVisits, from first: Int = 0) {
        for number in 0..<visitors { visits.visit(from: "10.0.\(first + number).1") { $0.route = route } }
    }

    @Test func `say nothing about fewer than five persons, however often they came`() throws {
        let visits = try LoggedVisits()
        for _ in 0..<9 { come(4, to: .start, in: visits) }
        let nothing = try figures(visits)
        #expect(nothing.pages.shown.isEmpty && nothing.pages.others == nil && nothing.days.shown.isEmpty)
        come(5, to: .start, in: visits)
        let figures = try figures(visits)
        #expect(figures.pages.shown.map(\.key) == ["/"] && figures.pages.shown.map(\.views) == [41])
        #expect(figures.days.shown.map(\.views) == [41])
    }

    @Test func `put what too few came to together with the next smallest, so that nothing can be found by subtracting`()
        throws
    {
        let visits = try LoggedVisits()
        come(9, to: .start, in: visits)
        come(6, to: .forum, in: visits)
        come(1, to: .about, in: visits)
        let figures = try figures(visits)
        #expect(figures.pages.shown.map(\.key) == ["/"])
        #expect(figures.pages.others == 7)
        #expect(figures.days.shown.map(\.views) == [16] && figures.days.others == nil)
    }

    @Test func `count a member once, on however many devices and visits`() throws {
        let visits = try LoggedVisits()
        for number in 0..<9 {
            visits.visit(from: "10.0.\(number).1", by: KitSite.karin, in: VisitID(rawValue: UInt64(number)))
        }
        #expect(try figures(visits).pages.shown.isEmpty)
    }

    @Test func `leave out today, robots, and what was no page`() throws {
        let visits = try LoggedVisits()
        come(6, to: .start, in: visits)
        for number in 0..<6 {
            visits.visit(from: "10.1.\(number).1", agent: "curl/8")
            visits.visit(from: "10.2.\(number).1") { $0.status = 404 }
        }
        visits.time.advance(by: Period(days: 1))
        come(6, to: .forum, in: visits)
        try visits.log.flush()
        let figures = try VisitFigures(of: visits.log.path, minimum: 5, at: visits.time.now)
        #expect(figures.pages.shown.map(\.views) == [6] && figures.devices.shown.map(\.key) == ["computer"])
        #expect(figures.browsers.shown.map(\.key) == ["firefox"])
    }

    @Test func `count days as they begin in Stockholm`() throws {
        let visits = try LoggedVisits()
        let midnight = visits.time.now.stockholmDate.startInStockholm
        for number in 0..<5 {
            for seconds in [-1.0, 0] {
                var request = VisitingRequest(time: midnight.advanced(seconds: seconds), route: .start)
                request.client = ClientAddress("10.0.\(number).1") ?? .unknown
                visits.log.note(request)
            }
        }
        #expect(try figures(visits).days.shown.map(\.views) == [5, 5])
    }

    @Test func `are shown to administrators, as sums only`() async throws {
        let site = try await StaffedSite()
        for number in 0..<6 {
            var request = VisitingRequest(time: site.time.now, route: .forum)
            request.client = ClientAddress("10.0.\(number).1") ?? .unknown
            request.signedIn = .init(member: site.eva, visit: VisitID(rawValue: 1))
            if number > 0 { request.signedIn = nil }
            site.visits.note(request)
        }
        try await site.browsing(as: site.astrid) { browser async throws in
            let early = try await browser.get("/admin/besok")
            #expect(early.status == 200 && early.text.contains("Inga siffror än"))
            try site.visits.flush()
            site.time.advance(by: Period(days: 1))
            let page = try await browser.get("/admin/besok")
            #expect(page.text.contains("/forum") && page.text.contains("10 mars 2026"))
            #expect(!page.text.contains("10.0.") && !page.text.contains(site.eva.description))
        }
        try await site.browsing(as: site.moa) { browser async throws in
            #expect(try await browser.get("/admin/besok").status == 403)
        }
        await site.close()
    }
}
