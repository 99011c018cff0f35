import Events
import Hummingbird
import HummingbirdTesting
import Logging
import Messaging
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import Web

extension WebEnvironment {
    /// A test site without limits, with its runtime store in memory and no second factor required of administrators, unless a test says
    /// otherwise.
    init(
        of application: Application, trustedProxies: [String] = [], runtime: RuntimeStore? = nil,
        limits: [RateLimit.Kind: RateLimit] = [:], visits: VisitLog? = nil, logger: Logger = .silent,
        metricsToken: MetricsToken? = nil, requiringTwoFactor: Bool = false
    ) throws {
        self.init(
            name: "Mikroföretag", controller: Controller(), baseURL: try #require(BaseURL("http://localhost")),
            trustedProxies: TrustedProxies(ranges: trustedProxies.compactMap(AddressRange.init)),
            stores: OperationalStores(runtime: try runtime ?? RuntimeStore(), of: application, visits: visits),
            limits: RateLimits(limits), clock: application.clock, logger: logger, metricsToken: metricsToken,
            waitForViews: application.waitForViews,
            signedInMember: { try application.signedInMember($0, requiringTwoFactor: requiringTwoFactor) })
    }

    /// Runs `body` with a client of these pages.
    func serving(
        _ routes: Routes, over setup: TestingSetup = .router,
        _ body: @Sendable (any TestClientProtocol) async throws -> Void
    ) async throws {
        let server = try WebServer(site: self, routes: routes)
        try await server.application.test(setup, body)
    }
}

extension OperationalStores {
    init(runtime: RuntimeStore, of application: Application? = nil, visits: VisitLog? = nil) {
        let sessions = Sessions(store: runtime) { now in
            application.map { $0.sessionLimit(at: now) } ?? SessionLimits(at: now, nil)
        }
        self.init(runtime: runtime, sessions: sessions, visits: visits)
    }
}

extension WebServer<Front> {
    /// A server on a port chosen by the system.
    init(
        site: WebEnvironment, routes: Routes, deadlines: RequestDeadlines = RequestDeadlines(),
        tls: TLSFiles = TLSFiles()
    ) throws {
        try self.init(
            Front(site: site, routes: routes, isSecure: tls.certificate != nil), host: "127.0.0.1", port: 0, tls: tls,
            deadlines: deadlines)
    }
}

extension Application {
    /// The retention engine without confirmation mail.
    var retention: RetentionEngine { retention(confirmation: .none).engine }

    func retention(of site: WebEnvironment? = nil, confirmation: ErasureConfirmation) -> RetentionService {
        RetentionService(
            self, records: site.map { OperationalRecords(of: $0.stores) } ?? OperationalRecords(in: files.data),
            confirmation: confirmation)
    }
}

extension MailWorker {
    init(
        application: Application, site: WebEnvironment, mailer: Mailer, sender: MailAddress,
        reports: MailAddress? = nil,
        takesAnswers: Bool = false
    ) throws {
        try self.init(
            application: application, store: site.runtime,
            sheet: MailSheet(siteName: site.name, controller: site.controller, baseURL: site.baseURL), mailer: mailer,
            sender: sender, reports: reports, takesAnswers: takesAnswers, recipientLimit: site.limits[.recipient],
            logger: site.logger)
    }

    /// Confirms erasures by mail.
    var confirmation: ErasureConfirmation { ErasureConfirmation { erasureConfirmation(to: $0) } }
}

extension ErasureWorker {
    init(application: Application, site: WebEnvironment, also steps: [ErasureStep] = [], files: [ErasureFile] = [])
        throws
    {
        try self.init(application: application, stores: site.stores, logger: site.logger, also: steps, files: files)
    }
}

extension Logger {
    /// Writes nothing.
    static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
}

extension Routes {
    /// Adds a page that signs the browser in as the member it names (`Browser.signIn`).
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
    /// Every page of the site, wired as by `serve`.
    init(
        of application: Application, _ site: WebEnvironment, rebuild: ViewsRebuild,
        unreadableMails: @escaping @Sendable () -> Int = { 0 }
    ) throws {
        try self.init(
            application, site, rebuild: rebuild,
            previews: DraftPreviews(of: application, application.retention(of: site, confirmation: .none)),
            conformance: ConformanceService(application: application, visits: site.visits),
            unreadableMails: unreadableMails)
    }
}

extension HourlyJobs {
    init(
        application: Application, site: WebEnvironment, conformance: ConformanceService? = nil,
        anchors: AnchorWorker? = nil
    ) {
        self.init(
            application: application, retention: application.retention(of: site, confirmation: .none),
            logger: site.logger,
            conformance: conformance, anchors: anchors)
    }
}

extension SessionKeeper {
    init(application: Application, site: WebEnvironment, ending: SessionEnding) {
        self.init(application: application, stores: site.stores, logger: site.logger, ending: ending)
    }
}

extension NotificationWorker {
    init(application: Application, site: WebEnvironment) throws {
        try self.init(application: application, store: site.runtime, logger: site.logger)
    }
}

extension DeliveryReportWorker {
    init(application: Application, site: WebEnvironment, _ delivery: MailDelivery, reader: MailReader) throws {
        try self.init(application: application, delivery, reader: reader, logger: site.logger)
    }
}
