import Events
import HTTPTypes
import Hummingbird
import HummingbirdCore

/// A request as the front saw it. What of it is kept is decided by the visit log, away from the page.
struct VisitingRequest: Sendable {
    /// The member who was signed in when the request came, with the number that the visit got by signing in.
    struct SignedIn: Sendable {
        let member: MemberID
        let visit: VisitID
    }

    let time: Instant
    /// Nil when the address leads nowhere.
    var route: Route?
    var path = "/"
    var status = 200
    var client = ClientAddress.unknown
    var referrer: String?
    var userAgent: String?
    var signedIn: SignedIn?
    /// The answer signs somebody in or out: it belongs neither to the visit before nor to the one after.
    var changesSession = false
}

extension VisitingRequest {
    /// Nil for what is no page: styles and scripts, and what whoever runs the site asks it.
    init?(_ request: HTTPRequest, answered response: Response, on route: Route?, _ visit: SiteContext.Visit) {
        guard route?.isVisited ?? true else { return nil }
        time = visit.now
        self.route = route
        path = URI(request.path ?? "/").path
        status = response.status.code
        client = visit.client
        referrer = request.headerFields[.referer]?.beginning(2048)
        userAgent = request.headerFields[.userAgent]?.beginning(512)
        changesSession = visit.cookie.isReplaced(by: response)
        if let session = visit.session { signedIn = SignedIn(member: session.member, visit: session.visit) }
    }
}

extension Route {
    fileprivate var isVisited: Bool {
        switch self {
        case .asset, .liveCounts, .health, .readiness, .metrics: false
        default: true
        }
    }
}

extension SessionCookie {
    /// The answer gives the browser another token than the one it came with, or takes it back.
    fileprivate func isReplaced(by response: Response) -> Bool {
        guard response.headers.contains(.setCookie) else { return false }
        let name = SessionCookie.name(isSecure: isSecure) + "="
        return response.headers[values: .setCookie].contains {
            $0.hasPrefix(name) && $0.dropFirst(name.count).prefix { $0 != ";" } != token.description
        }
    }
}

extension String {
    fileprivate func beginning(_ bytes: Int) -> String {
        utf8.count <= bytes ? self : String(decoding: utf8.prefix(bytes), as: UTF8.self)
    }
}
