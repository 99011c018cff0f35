package import Events
package import SiteMap

/// A request as the server received it; the visit log decides later which parts are stored.
package struct VisitingRequest: Sendable {
    /// The member who was signed in when the request came, and the visit number of her session.
    package struct SignedIn: Sendable {
        package let member: MemberID
        package let visit: VisitID

        package init(member: MemberID, visit: VisitID) {
            self.member = member
            self.visit = visit
        }
    }

    package let time: Instant
    /// Nil if the address matched no route.
    package var route: Address?
    package var path = "/"
    package var status = 200
    package var client = ClientAddress.unknown
    package var referrer: String?
    package var userAgent: String?
    package var signedIn: SignedIn?
    /// Whether the response signs a member in or out: it belongs neither to the visit before nor to the one after.
    package var changesSession = false

    package init(
        time: Instant, route: Address? = nil, path: String = "/", status: Int = 200,
        client: ClientAddress = ClientAddress.unknown, referrer: String? = nil, userAgent: String? = nil,
        signedIn: SignedIn? = nil, changesSession: Bool = false
    ) {
        self.time = time
        self.route = route
        self.path = path
        self.status = status
        self.client = client
        self.referrer = referrer
        self.userAgent = userAgent
        self.signedIn = signedIn
        self.changesSession = changesSession
    }
}
