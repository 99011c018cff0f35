import Accounts
import Events
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import Web

/// A minimal site for testing the kit: a form, a page for members and a page that fails.
struct KitSite: Sendable {
    static let karin = MemberID(rawValue: 1)
    static let eva = MemberID(rawValue: 2)

    let time = TestClock()
    let site: WebEnvironment
    let limits: RateLimits

    init(
        baseURL: String = "http://localhost", limits: [RateLimit.Kind: RateLimit] = [:],
        trustedProxies: [String] = [], connections: ConnectionLimits = ConnectionLimits(),
        runtime: RuntimeStore? = nil
    ) throws {
        self.limits = RateLimits(limits)
        site = WebEnvironment(
            name: "Mikroföretag", controller: Controller(), baseURL: try #require(BaseURL(baseURL)),
            trustedProxies: TrustedProxies(ranges: trustedProxies.compactMap(AddressRange.init)),
            stores: OperationalStores(runtime: try runtime ?? RuntimeStore()), limits: self.limits, clock: time.clock,
            logger: .silent, connections: connections, waitForViews: {},
            signedInMember: { id in
                switch id {
                case Self.karin: SignedInMember(id: id, username: "kakel_karin")
                case Self.eva: SignedInMember(id: id, username: "eva", roles: [.member, .moderator])
                default: nil
                }
            })
    }

    var front: Front { get throws { Front(site: site, routes: routes, isSecure: false) } }

    var server: WebServer<Front> { get throws { try WebServer(site: site, routes: routes) } }

    func server(_ deadlines: RequestDeadlines) throws -> WebServer<Front> {
        try WebServer(site: site, routes: routes, deadlines: deadlines)
    }

    private var routes: Routes {
        var routes = Routes()
        routes.get(.start) { _, context in context.page(Plain(title: "Start")) }
        routes.get(.contact) { _, context in context.page(ContactPage(form: Form())) }
        routes.post(.contact, limit: .mail) { _, context in
            var form = try context.form(lists: "kommun")
            let name = form.require("namn", "Skriv ditt namn.")
            guard let name else { return context.refused(ContactPage(form: form)) }
            if form.isChecked("skicka") { return .redirect(to: .contactSent) }
            return .text("\(name)|\(form.text("text"))|\(form.list("kommun").joined(separator: ","))")
        }
        routes.addSignInStandIn()
        routes.post(.signOut, for: .members) { _, context in try context.signOut(then: .redirect(to: .start)) }
        routes.get(.members) { _, context in context.page(Plain(title: "Medlemmar")) }
        routes.get(.moderationQueue, about: .nobodys) { _, context in
            context.page(Plain(title: "Kö"))
        }
        routes.get(.receipt) { _, context in context.page(Plain(title: try context.place("token"))) }
        routes.post(.unsubscribe, proof: .address) { _, _ in .text("unsubscribed") }
        routes.get(.titledThread) { _, context in
            .text("\(try context.id(ThreadKind.self)) \(try context.place("slug"))")
        }
        routes.get(.search) { request, context in .text(try request.query().typed("q")) }
        routes.get(.category) { _, context in .text(try context.place("category")) }
        routes.get(.privacyPolicyVersion) { _, context in .text("version") }
        routes.get(.privacyPolicyChanges) { _, context in .text("changes") }
        routes.get(.about) { _, context in .text(context.visit.client.bytes.map(String.init).joined(separator: ".")) }
        routes.get(.statistics, for: .everyone) { _, _ in throw Broken(secret: "19121212-1212") }
        return routes
    }

    struct Broken: Error { let secret: String }

    struct Plain: HTMLPage {
        let title: String
        func write(into html: inout HTMLWriter) { html.h1(title) }
    }

    struct ContactPage: HTMLPage {
        let title = "Kontakt"
        let form: Form

        func write(into html: inout HTMLWriter) {
            html.h1(title)
            html.form(post: .contact, form) { html in
                html.field("namn", "Namn", in: form)
                html.textarea("text", "Meddelande", in: form)
                html.actions { $0.submit("Skicka") }
            }
        }
    }
}
