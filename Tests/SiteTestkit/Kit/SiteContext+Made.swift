import Events
import HTTPTypes
import Processes

@testable import HTML
@testable import Site
@testable import SiteMap
@testable import Web

extension SiteContext {
    /// The context of a request by a signed-in member, for functions that take one without a request.
    init(member: SignedInMember, of site: WebEnvironment, at now: Instant) {
        self.init(
            source: Visit(
                logger: .silent, site: site, now: now, client: .unknown, peer: .unknown,
                cookie: SessionCookie(from: [:], isSecure: false), device: DeviceCookie(from: [:], isSecure: false),
                takesGzip: false, reader: .member(member)))
    }
}
