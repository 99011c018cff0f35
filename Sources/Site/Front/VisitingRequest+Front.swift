import Events
package import HTTPTypes
import Hummingbird
package import HummingbirdCore
package import Processes
package import SiteMap
import Web

extension VisitingRequest {
    /// Nil for addresses that are not pages: assets, the live counts, and the endpoints for operation.
    package init?(_ request: HTTPRequest, answered response: Response, on route: Address?, _ visit: SiteContext.Visit) {
        guard route?.isVisited ?? true else { return nil }
        self.init(
            time: visit.now, route: route, path: URI(request.path ?? "/").path, status: response.status.code,
            client: visit.client, referrer: request.headerFields[.referer]?.beginning(2048),
            userAgent: request.headerFields[.userAgent]?.beginning(512),
            signedIn: visit.session.map { SignedIn(member: $0.member, visit: $0.visit) },
            changesSession: visit.cookie.isReplaced(by: response))
    }
}

extension Address {
    fileprivate var isVisited: Bool {
        switch self {
        case .asset, .favicon, .touchIcon, .liveCounts, .health, .readiness, .metrics: false
        default: true
        }
    }
}

extension SessionCookie {
    /// Whether the answer replaces or clears the token that the browser sent.
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
