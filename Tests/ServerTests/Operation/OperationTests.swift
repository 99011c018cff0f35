import Events
import HTTPTypes
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Server
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite struct `Operating the site` {
    @Test func `a site in order is ready`() async throws {
        let site = try await StaffedSite()
        let head = site.application.log.head
        try await site.browsing(as: nil) { browser async throws in
            let answer = try await browser.get("/readyz")
            #expect(answer.status == 200 && answer.text == "ready\n")
        }
        // The request leaves no trace in the log.
        #expect(site.application.log.head == head)
        await site.close()
    }

    @Test func `a site whose log is closed is not ready, and says so in one line`() async throws {
        let site = try await StaffedSite()
        await site.application.log.close()
        #expect(await Readiness(application: site.application).problem(at: site.time.now) == "the log is closed")
    }

    @Test func `a site whose views are too far behind is not ready`() async throws {
        let site = try await StaffedSite()
        let readiness = Readiness(application: site.application, greatestLag: -1)
        #expect(await readiness.problem(at: site.time.now) == "the views are 0 events behind the log")
        await site.close()
    }

    @Test func `metrics count what is there, for requests from this machine`() async throws {
        let site = try await StaffedSite()
        try await site.browsing(as: site.eva) { browser async throws in
            // Without a network, a client has no address.
            let answer = try await browser.get("/metrics")
            #expect(answer.status == 404)
        }
        await site.close()
    }
}
