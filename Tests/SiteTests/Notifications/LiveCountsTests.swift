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
        let peer = try #require(ClientAddress("127.0.0.1"))
        let visit = SiteContext.Visit(
            logger: .silent, site: kit.site, now: site.time.now, client: peer, peer: peer,
            cookie: SessionCookie(from: [:], isSecure: false), device: DeviceCookie(from: [:], isSecure: false),
            takesGzip: false, reader: .member(SignedInMember(id: site.eva, username: "eva")))
        let answer = try LiveCounts(application: site.application, site: kit.site).response(SiteContext(source: visit))
        #expect(answer.headers[.contentType] == "text/event-stream; charset=utf-8")
        await site.close()
    }
}
