import Events
import HTTPTypes
import Hummingbird
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite struct `Live counts` {
    @Test func `say how their text is written`() async throws {
        let site = try await StaffedSite()
        let kit = try KitSite()
        let eva = SignedInMember(id: site.eva, username: "eva")
        let context = SiteContext(member: eva, of: kit.site, at: site.time.now)
        let answer = try LiveCounts(application: site.application, site: kit.site).response(context)
        #expect(answer.headers[.contentType] == "text/event-stream; charset=utf-8")
        await site.close()
    }
}
