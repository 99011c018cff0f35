import Events
import Hummingbird
import Logging
import Processes
import Web

/// The context of a request: the reader, the client, the time, and the posted form.
package struct SiteContext: RequestContext {
    typealias Source = Visit

    /// What the front determines before routing.
    package struct Visit: RequestContextSource {
        var logger: Logger
        package let site: WebEnvironment
        var now: Instant
        let client: ClientAddress
        /// The other end of the connection: the client, or the last proxy.
        let peer: ClientAddress
        var cookie: SessionCookie
        /// Identifies a browser in which members have signed in before.
        let device: DeviceCookie
        /// Whether the client accepts gzip.
        let takesGzip: Bool
        var userAgent: String?
        var session: Session?
        var reader = Reader.visitor
        /// A form that was not carried out, to show again filled in.
        var unsent: WaitingForm?
    }

    var coreContext: CoreRequestContextStorage
    var visit: Visit
    /// The form as it was sent; empty except in POST handlers.
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
