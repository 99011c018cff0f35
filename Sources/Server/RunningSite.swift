import Accounts
import Events
import Foundation
import Logging
import Messaging
import Processes
import Projections
import ServiceLifecycle
import Site
import Web

/// The application with its web server, control socket and background jobs. Everything that `serve` runs is wired here.
struct RunningSite {
    private let application: Application
    private let configuration: SiteConfiguration
    private let logger: Logger

    init(_ application: Application, _ configuration: SiteConfiguration) {
        self.application = application
        self.configuration = configuration
        logger = configuration.logger
    }

    /// Serves until SIGTERM or SIGINT; then finishes the requests under way and closes the files.
    func run(output: CommandOutput) async throws {
        let runtime = try RuntimeStore(at: application.files.data.appending(path: "runtime.sqlite").path)
        let site = try site(runtime)
        let stores = site.stores
        let mail = try mailWorker(site)
        let retention = RetentionService(
            application, records: OperationalRecords(of: stores),
            confirmation: ErasureConfirmation { mail.erasureConfirmation(to: $0) })
        let control = try ControlServer(
            CommandHost(application, retention: retention, running: site), data: application.files.data)
        defer { control.close() }
        let rebuild = ViewsRebuild(application.views)
        let previews = DraftPreviews(of: application, retention)
        let reports = try DeliveryReportWorker(
            application: application, configuration.mail, reader: .ownProcess, logger: logger)
        let incoming = try IncomingMailWorker(
            application: application, directories: configuration.mail.incoming, own: try configuration.ownAddresses,
            reader: .ownProcess, logger: logger)
        let conformance = ConformanceService(
            application: application, visits: stores.visits,
            backups: configuration.backups.map { URL(fileURLWithPath: $0) })
        let anchors = AnchorWorker(
            log: application.log, files: AnchorFiles(application.files), witnesses: configuration.witnesses,
            authority: configuration.timestampAuthority, post: .live, logger: logger)
        let front = Front(
            site: site,
            routes: try Routes(
                application, site, rebuild: rebuild, previews: previews, conformance: conformance,
                storage: configuration.places, mail: configuration.mail,
                unreadableMails: { incoming.unreadableCount }),
            isSecure: configuration.servesTLS)
        let server = try WebServer(
            front, host: configuration.host, port: configuration.port, tls: configuration.tls,
            services: [
                HourlyJobs(
                    application: application, retention: retention, logger: logger, conformance: conformance,
                    anchors: anchors),
                VersionWorker(application: application, logger: logger),
                rebuild, previews, conformance, control, mail,
                try NotificationWorker(application: application, store: runtime, logger: logger),
                try ErasureWorker(application: application, stores: stores, logger: logger), reports,
                CaseClockWorker(application: application, mail: incoming, logger: logger),
                SessionKeeper(
                    application: application, stores: stores, logger: logger,
                    ending: try SessionEnding(application, stores)),
                SecurityWorker(
                    accounts: application.accounts, monitor: site.security, store: runtime, clock: application.clock,
                    logger: logger),
                SignInAlarmWorker(
                    accounts: application.accounts, alarm: site.signInAlarm, clock: application.clock, logger: logger),
            ],
            whenListening: { [configuration] in output.line("\(configuration.siteName) is at \(site.baseURL)") })
        try await server.run()
        try stores.visits?.close()
        try runtime.close()
    }

    private func mailWorker(_ site: WebEnvironment) throws -> MailWorker {
        try MailWorker(
            application: application, store: site.runtime,
            sheet: MailSheet(siteName: site.name, controller: site.controller, baseURL: site.baseURL),
            mailer: Mailer(configuration.mail), sender: configuration.mail.sender, reports: configuration.mail.reports,
            takesAnswers: !configuration.mail.incoming.isEmpty, recipientLimit: configuration.limits[.recipient],
            logger: logger)
    }

    private func site(_ runtime: RuntimeStore) throws -> WebEnvironment {
        guard let baseURL = configuration.effectiveBaseURL else {
            throw ConfigurationError("baseURL does not fit host and tls: say how the site is reached from outside")
        }
        let members = SignedInMembers(of: application, requiringTwoFactor: application.requiresTwoFactor(configuration))
        let visits = try VisitLog(
            at: application.files.data.appending(path: "visits.sqlite").path, baseURL: baseURL, logger: logger,
            policies: { [application] in try application.accounts.policies() })
        let site = WebEnvironment(
            name: configuration.siteName, controller: configuration.controller, baseURL: baseURL,
            trustedProxies: TrustedProxies(ranges: configuration.trustedProxies),
            stores: OperationalStores(
                runtime: runtime,
                sessions: Sessions(store: runtime) { [application] in application.sessionLimit(at: $0) }, visits: visits
            ),
            limits: RateLimits(configuration.limits), daysAsNew: configuration.daysAsNew,
            clock: application.clock, logger: logger,
            connections: configuration.connections.fitting(descriptors: Descriptors.limit),
            includesSubdomains: configuration.tls.hstsSubdomains,
            metricsToken: try configuration.metricsTokenFile.map { try MetricsToken(file: $0) },
            waitForViews: application.waitForViews, signedInMember: { try members.find($0) })
        site.caches.add { _ in members.forget() }
        return site
    }
}

extension SiteConfiguration {
    /// The addresses that the site's own mails come from, or that it reads: they get no automatic answers.
    fileprivate var ownAddresses: [MailAddress] {
        get throws {
            try [mail.sender] + [mail.reports].compactMap(\.self)
                + ([controller.email] + controller.inboxes).compactMap { MailAddress($0) }
        }
    }

    /// To standard error.
    var logger: Logger {
        var logger = Logger.standardError
        logger.logLevel = logLevel
        return logger
    }
}
