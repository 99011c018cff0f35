import Events
import Hummingbird
import Logging
import Processes
import Web

/// What a handler knows beside the request: who reads, from where, when, and what was sent.
package struct SiteContext: RequestContext {
    typealias Source = Visit

    /// What the front finds out before the route is known.
    package struct Visit: RequestContextSource {
        var logger: Logger
        package let site: WebEnvironment
        var now: Instant
        let client: ClientAddress
        /// The other end of the connection: the client, or the last proxy.
        let peer: ClientAddress
        var cookie: SessionCookie
        /// In which members have signed in before.
        let device: DeviceCookie
        /// The client can unpack what is sent compressed.
        let takesGzip: Bool
        var session: Session?
        var reader = Reader.visitor
        /// What somebody typed and the page shall show again, filled in.
        var unsent: WaitingForm?
    }

    var coreContext: CoreRequestContextStorage
    var visit: Visit
    /// The form as it was sent; only handlers of POST have one.
    var received = FormFields()

    package init(source visit: Visit) {
        coreContext = CoreRequestContextStorage(source: visit)
        self.visit = visit
    }

    var now: Instant { visit.now }
    var reader: Reader { visit.reader }
    var member: SignedInMember? { reader.member }
    var showsThePast: Bool { visit.site.past != nil }

    /// - Throws: `signInNeeded`, which leads to the sign-in page and back.
    func requireMember() throws -> SignedInMember {
        guard let member else { throw PageError.signInNeeded }
        return member
    }
}
