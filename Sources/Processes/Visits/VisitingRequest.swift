package import Events
package import SiteMap

/// A request as the front saw it. What of it is kept is decided by the visit log, away from the page.
package struct VisitingRequest: Sendable {
    /// The member who was signed in when the request came, with the number that the visit got by signing in.
    package struct SignedIn: Sendable {
        package let member: MemberID
        package let visit: VisitID

        package init(member: MemberID, visit: VisitID) {
            self.member = member
            self.visit = visit
        }
    }

    package let time: Instant
    /// Nil when the address leads nowhere.
    package var route: Address?
    package var path = "/"
    package var status = 200
    package var client = ClientAddress.unknown
    package var referrer: String?
    package var userAgent: String?
    package var signedIn: SignedIn?
    /// The answer signs somebody in or out: it belongs neither to the visit before nor to the one after.
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
