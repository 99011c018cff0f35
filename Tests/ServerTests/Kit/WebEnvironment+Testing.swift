import Events
import Hummingbird
import HummingbirdTesting
import Logging
import Messaging
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Server
@testable import Site
@testable import SiteMap
@testable import Web

extension WebEnvironment {
    /// A community's site that limits nothing, keeps its runtime store in memory and wants no second factor of administrators, unless a test
    /// says otherwise.
    init(
        of community: Community, trustedProxies: [String] = [], runtime: RuntimeStore? = nil,
        limits: [RateLimit.Kind: RateLimit] = [:], visits: VisitLog? = nil, logger: Logger = .silent,
        metricsToken: MetricsToken? = nil, requiringTwoFactor: Bool = false
    ) throws {
        self.init(
            name: "Mikroföretag", controller: Controller(), baseURL: try #require(BaseURL("http://localhost")),
            trustedProxies: TrustedProxies(ranges: trustedProxies.compactMap(AddressRange.init)),
            stores: OperationalStores(runtime: try runtime ?? RuntimeStore(), of: community, visits: visits),
            limits: RateLimits(limits), clock: community.clock, logger: logger, metricsToken: metricsToken,
            settle: community.settle,
            signedInMember: { try community.signedInMember($0, requiringTwoFactor: requiringTwoFactor) })
    }

    /// Gives `body` a client of these pages.
    func serving(
        _ routes: Routes, over setup: TestingSetup = .router,
        _ body: @Sendable (any TestClientProtocol) async throws -> Void
    ) async throws {
        let server = try WebServer(site: self, routes: routes)
        try await server.application.test(setup, body)
    }
}

extension OperationalStores {
    init(runtime: RuntimeStore, of community: Community? = nil, visits: VisitLog? = nil) {
        let sessions = Sessions(store: runtime) { now in
            community.map { $0.sessionLimit(at: now) } ?? SessionLimits(at: now, nil)
        }
        self.init(runtime: runtime, sessions: sessions, visits: visits)
    }
}

extension WebServer<Front> {
    /// A server on a port that the system chooses.
    init(
        site: WebEnvironment, routes: Routes, deadlines: RequestDeadlines = RequestDeadlines(),
        tls: TLSFiles = TLSFiles()
    ) throws {
        try self.init(
            Front(site: site, routes: routes, isSecure: tls.certificate != nil), host: "127.0.0.1", port: 0, tls: tls,
            deadlines: deadlines)
    }
}

extension Community {
    /// Without a last mail.
    var retention: RetentionEngine { retention(confirmation: .none).engine }

    func retention(of site: WebEnvironment? = nil, confirmation: ErasureConfirmation) -> RetentionService {
        RetentionService(
            self, records: site.map { OperationalRecords(of: $0.stores) } ?? OperationalRecords(in: files.data),
            confirmation: confirmation)
    }
}

extension MailDesk {
    init(
        community: Community, site: WebEnvironment, mailer: Mailer, sender: MailAddress, reports: MailAddress? = nil,
        takesAnswers: Bool = false
    ) throws {
        try self.init(
            community: community, store: site.runtime,
            sheet: MailSheet(siteName: site.name, controller: site.controller, baseURL: site.baseURL), mailer: mailer,
            sender: sender, reports: reports, takesAnswers: takesAnswers, recipientLimit: site.limits[.recipient],
            logger: site.logger)
    }

    /// Confirms erasures by mail.
    var confirmation: ErasureConfirmation { ErasureConfirmation { lastMail(to: $0) } }
}

extension ErasureDesk {
    init(community: Community, site: WebEnvironment, also steps: [ErasureStep] = [], files: [ErasureFile] = []) throws {
        try self.init(community: community, stores: site.stores, logger: site.logger, also: steps, files: files)
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
        post(.signIn, limit: .signIn) { request, context in
            guard let member: MemberID = try context.form().value("medlem") else { throw PageError.forbidden }
            return try context.signIn(member, then: .redirect(to: .start), userAgent: request.headers[.userAgent])
        }
    }
}

private struct SignInStandIn: HTMLPage {
    let title = "Logga in"
    func write(into html: inout HTMLWriter) { html.form(post: .signIn()) { $0.submit("Logga in") } }
}

extension Routes {
    /// Every page of the site, as `serve` wires them.
    init(
        of community: Community, _ site: WebEnvironment, rebuild: ViewsRebuild,
        unreadableMails: @escaping @Sendable () -> Int = { 0 }
    ) throws {
        try self.init(
            community, site, rebuild: rebuild,
            previews: DraftPreviews(of: community, community.retention(of: site, confirmation: .none)),
            conformance: ConformanceDesk(community: community, visits: site.visits), unreadableMails: unreadableMails)
    }
}

extension RegularWork {
    init(community: Community, site: WebEnvironment, conformance: ConformanceDesk? = nil, anchors: AnchorDesk? = nil) {
        self.init(
            community: community, retention: community.retention(of: site, confirmation: .none), logger: site.logger,
            conformance: conformance, anchors: anchors)
    }
}

extension SessionKeeper {
    init(community: Community, site: WebEnvironment, ending: SessionEnding) {
        self.init(community: community, stores: site.stores, logger: site.logger, ending: ending)
    }
}

extension NoticeDesk {
    init(community: Community, site: WebEnvironment) throws {
        try self.init(community: community, store: site.runtime, logger: site.logger)
    }
}

extension ReportDesk {
    init(community: Community, site: WebEnvironment, _ delivery: MailDelivery, reader: MailReader) throws {
        try self.init(community: community, delivery, reader: reader, logger: site.logger)
    }
}
