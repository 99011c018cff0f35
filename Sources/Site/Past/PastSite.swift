import Accounts
package import Events
import HTML
import Hummingbird
import Logging
import Processes
package import Projections
import SiteMap
import Synchronization
import Web

/// The site as of an earlier time: local to this machine, read-only, for administrators and auditors.
///
/// They sign in with their present accounts and roles. The only writes are sign-ins, sign-outs, and the records of opened profiles.
package struct PastSite: Sendable {
    package static let host = "127.0.0.1"
    package static let port = 8081

    let present: Application
    let past: Application
    package let site: WebEnvironment
    private let views: PastViews.Status

    /// - Parameter site: the present site, for its sessions and limits.
    package init(_ views: PastViews, of present: Application, sharing site: WebEnvironment, at baseURL: BaseURL) {
        self.present = present
        self.views = views.about
        past = Application(showing: views, of: present)
        self.site = WebEnvironment(
            name: site.name, controller: site.controller, baseURL: baseURL,
            stores: OperationalStores(runtime: site.runtime, sessions: site.sessions), limits: site.limits,
            clock: site.clock, logger: site.logger, past: views.about.time,
            connections: ConnectionLimits(total: 100, perAddress: 100),
            waitForViews: site.waitForViews, signedInMember: site.signedInMember)
    }

    package func routes() throws -> Routes {
        var routes = Routes(guarding: guarding)
        try AccountController(application: present, runtime: site.runtime).add(to: &routes)
        TextController(application: past, verifierKey: present.log.verifierKey.description).add(to: &routes)
        ForumController(application: past).add(to: &routes)
        let slowReads = SlowReads(of: past.views)
        SearchController(application: past, slowReads: slowReads).add(to: &routes)
        PastMemberController(present: present, past: past, slowReads: slowReads).add(to: &routes)
        let known = routes.registered
        for route in SiteMap.addresses where route.past == .elsewhere && !known.contains(route) {
            routes.get(route, for: .everyone) { _, context in context.page(ElsewherePage()) }
            routes.post(route, for: .everyone) { _, context in context.page(ElsewherePage()) }
        }
        return routes
    }

    private var guarding: @Sendable (Address, @escaping Routes.Handler) -> Routes.Handler {
        { [time = views.time, past = past.views] route, handler in
            switch route.past {
            case .asUsual: return handler
            case .elsewhere: return { _, context in context.page(ElsewherePage(), status: .forbidden) }
            case .shown:
                return { request, context in
                    let readOnlyViewer = try context.requireReadOnlyViewer()
                    // The forum replaces the start page, whose news are not available as of that time.
                    if route == .start { return .redirect(to: .forum) }
                    _ = await past.waitUntil(position: past.status.head, within: .seconds(5))
                    var context = context
                    context.visit.now = time
                    context.visit.reader = .readOnlyViewer(readOnlyViewer)
                    return try await handler(request, context)
                }
            }
        }
    }
}

extension SiteContext {
    /// - Throws: `signInNeeded`; `forbidden` for anybody but administrators and auditors.
    fileprivate func requireReadOnlyViewer() throws -> SignedInMember {
        let member = try requireMember()
        guard !member.roles.isDisjoint(with: [.administrator, .auditor]) else { throw PageError.forbidden }
        return member
    }
}

extension HTMLWriter {
    /// The notice on every page that shows an earlier time.
    mutating func banner(of past: Instant) {
        element(.div, class: "past notice warn") { html in
            html.p { html in
                html.element(.strong) { html in
                    html.text("Så här såg webbplatsen ut ")
                    html.exactTime(past)
                    html.text(".")
                }
                html.text(" Det som har raderats sedan dess visas inte. Ingenting kan ändras här.")
            }
        }
    }
}

/// Explains that a page or an action is not available as of an earlier time.
struct ElsewherePage: HTMLPage {
    var title: String { "Det här går inte att göra här" }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.h1(title)
        html.p(
            "Du tittar på webbplatsen som den var vid ett tidigare tillfälle. Här går det att läsa forumet, medlemslistan och den policy som gällde då, men inte att skriva, ändra eller skicka något."
        )
        html.p("Ingenting har sparats. Gör det du tänkte på den vanliga webbplatsen i stället.")
        html.actions { $0.buttonLink("Till forumet", to: .forum) }
    }
}
