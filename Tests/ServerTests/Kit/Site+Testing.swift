import Events
import Hummingbird
import HummingbirdTesting
import Logging
import Testing
import Testkit

@testable import Server

extension Site {
    /// A community's site that limits nothing, keeps its runtime store in memory and wants no second factor of administrators, unless a test
    /// says otherwise.
    init(
        of community: Community, trustedProxies: [String] = [], runtime: RuntimeStore? = nil,
        limits: [RateLimit.Kind: RateLimit] = [:], visits: VisitLog? = nil, logger: Logger = .silent,
        requiringTwoFactor: Bool = false
    ) throws {
        self.init(
            name: "Mikroföretag", controller: Controller(), baseURL: try #require(BaseURL("http://localhost")),
            trustedProxies: TrustedProxies(ranges: trustedProxies.compactMap(AddressRange.init)),
            runtime: try runtime ?? RuntimeStore(), limits: RateLimits(limits), visits: visits, clock: community.clock,
            logger: logger, sessionLimit: { community.sessionLimit(at: $0) },
            settle: community.settle,
            signedInMember: { try community.signedInMember($0, requiringTwoFactor: requiringTwoFactor) })
    }

    /// Gives `body` a client of these pages.
    func serving(
        _ routes: Routes, over setup: TestingSetup = .router,
        _ body: @Sendable (any TestClientProtocol) async throws -> Void
    ) async throws {
        let server = try WebServer(site: self, routes: routes, configuration: SiteConfiguration())
        try await server.application.test(setup, body)
    }
}

extension Logger {
    /// Writes nothing.
    static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
}

extension Routes {
    /// A page at which a browser is signed in as whomever it names (`Browser.signIn`).
    mutating func addSignInStandIn() {
        get(.signIn) { _, context in context.page(SignInStandIn()) }
        post(.signIn, for: .everyone, limit: .signIn) { request, context in
            guard let member: MemberID = try context.form().value("medlem") else { throw PageError.forbidden }
            return try context.signIn(member, then: .redirect(to: .start), userAgent: request.headers[.userAgent])
        }
    }
}

private struct SignInStandIn: HTMLPage {
    let title = "Logga in"
    func write(into html: inout HTMLWriter) { html.form(post: .signIn()) { $0.submit("Logga in") } }
}
