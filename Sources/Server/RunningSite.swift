import Accounts
import Events
import Foundation
import Logging
import Messaging
import Projections
import ServiceLifecycle

/// A community with its web front, its control socket and its regular work. Everything that `serve` runs is wired here.
struct RunningSite {
    private let community: Community
    private let configuration: SiteConfiguration
    private let logger: Logger

    init(_ community: Community, _ configuration: SiteConfiguration) {
        self.community = community
        self.configuration = configuration
        logger = configuration.logger
    }

    /// Serves until SIGTERM or SIGINT; then finishes the requests under way and lets go of the files.
    func run(output: CommandOutput) async throws {
        let runtime = try RuntimeStore(at: community.files.data.appending(path: "runtime.sqlite").path)
        let site = try site(runtime)
        let control = try ControlServer(community: community, data: community.files.data)
        defer { control.close() }
        let rebuild = ViewsRebuild(community.views)
        let previews = DraftPreviews(of: community)
        let mail = try MailDesk(
            community: community, site: site, mailer: Mailer(configuration.mail), sender: configuration.mail.sender,
            reports: configuration.mail.reports, takesAnswers: !configuration.mail.incoming.isEmpty)
        let reports = try ReportDesk(community: community, site: site, configuration.mail, reader: .ownProcess)
        let incoming = try IncomingMailDesk(
            community: community, directories: configuration.mail.incoming, own: try configuration.ownAddresses,
            reader: .ownProcess, logger: logger)
        let conformance = ConformanceDesk(community: community, visits: site.visits)
        let erasures = try ErasureDesk(community: community, site: site)
        community.lastMail.install { mail.lastMail(to: $0) }
        community.sideRecords.install(SideRecords.Files(of: site))
        community.pastSites.install(site)
        let anchors = AnchorDesk(
            log: community.log, files: AnchorFiles(community.files), witnesses: configuration.witnesses,
            authority: configuration.timestampAuthority, post: .live, logger: logger)
        let server = try WebServer(
            site: site,
            routes: try RunningSite.routes(
                community, site, rebuild: rebuild, previews: previews, conformance: conformance,
                configuration: configuration,
                unreadableMails: { incoming.unreadableCount }),
            configuration: configuration,
            services: [
                RegularWork(community: community, site: site, conformance: conformance, anchors: anchors), rebuild,
                previews, conformance,
                control,
                mail, try NoticeDesk(community: community, site: site), erasures, reports,
                CaseWork(community: community, mail: incoming, logger: logger),
                SessionKeeper(community: community, site: site, ending: try SessionEnding(community, site)),
                SignInAlarmWorker(accounts: community.accounts, site: site),
            ],
            whenListening: { [configuration] in output.line("\(configuration.siteName) is at \(site.baseURL)") })
        try await server.run()
        try site.visits?.close()
        try runtime.close()
    }

    private func site(_ runtime: RuntimeStore) throws -> Site {
        guard let baseURL = configuration.effectiveBaseURL else {
            throw ConfigurationError("baseURL does not fit host and tls: say how the site is reached from outside")
        }
        let members = SignedInMembers(of: community, requiringTwoFactor: community.requiresTwoFactor(configuration))
        let visits = try VisitLog(
            at: community.files.data.appending(path: "visits.sqlite").path, baseURL: baseURL, logger: logger,
            policies: { [community] in try community.accounts.policies() })
        let site = Site(
            name: configuration.siteName, controller: configuration.controller, baseURL: baseURL,
            trustedProxies: TrustedProxies(ranges: configuration.trustedProxies), runtime: runtime,
            limits: RateLimits(configuration.limits), daysAsNew: configuration.daysAsNew, visits: visits,
            clock: community.clock, logger: logger,
            sessionLimit: { [community] in community.sessionLimit(at: $0) },
            connections: configuration.connections.fitting(descriptors: Descriptors.limit),
            includesSubdomains: configuration.tls.hstsSubdomains,
            metricsToken: try configuration.metricsTokenFile.map { try MetricsToken(file: $0) },
            settle: community.settle, signedInMember: { try members.find($0) })
        site.kept.add { _ in members.forget() }
        return site
    }

    /// Every page of the site.
    static func routes(
        _ community: Community, _ site: Site, rebuild: ViewsRebuild, previews: DraftPreviews? = nil,
        conformance: ConformanceDesk? = nil,
        configuration: SiteConfiguration = SiteConfiguration(),
        unreadableMails: @escaping @Sendable () -> Int = { 0 }
    ) throws -> Routes {
        let slowReads = SlowReads(of: community.views)
        var routes = Routes()
        TextPages(community: community, verifierKey: community.log.verifierKey.description).add(to: &routes)
        try AccountPages(community: community, runtime: site.runtime) { [community] member in
            if try community.accounts.mustAcceptTexts(member) { return .acceptTexts() }
            return try site.signedInMember(member)?.mustSetUpTwoFactor == true ? .twoFactor : nil
        }.add(to: &routes)
        let sections = [VisitsSection.provider, AddressSection.provider(community)]
        try SettingsPages(community: community, site: site, furtherSections: sections).add(to: &routes)
        try TwoFactorPages(community: community, site: site).add(to: &routes)
        AcceptTextsPages(community: community).add(to: &routes)
        MailPreferencesPages(community: community).add(to: &routes)
        UnsubscribePages(community: community).add(to: &routes)
        try MailPages(community: community, site: site).add(to: &routes)
        try NewsletterPages(community: community, site: site).add(to: &routes)
        CorrectionPages(community: community).add(to: &routes)
        ForumPages(community: community).add(to: &routes)
        ConversationPages(community: community, slowReads: slowReads).add(to: &routes)
        NoticePages(community: community, site: site).add(to: &routes)
        ReportedMessagePages(community: community).add(to: &routes)
        SearchPages(community: community, slowReads: slowReads).add(to: &routes)
        FeedPages(community: community).add(to: &routes)
        MemberPages(community: community, slowReads: slowReads).add(to: &routes)
        ModerationPages(community: community).add(to: &routes)
        AdministrationPages(community: community, rebuild: rebuild, slowReads: slowReads).add(to: &routes)
        try ClosingPages(community: community, site: site, slowReads: slowReads).add(to: &routes)
        try MemberAdministrationPages(community: community, site: site, slowReads: slowReads).add(to: &routes)
        PolicyPages(community: community, previews: previews ?? DraftPreviews(of: community)).add(to: &routes)
        AuditPages(community: community, slowReads: slowReads).add(to: &routes)
        ConformancePages(
            community: community, desk: conformance ?? ConformanceDesk(community: community, visits: site.visits),
            storage: StoragePlaces(community: community, configuration: configuration), slowReads: slowReads
        ).add(to: &routes)
        VisitPages(accounts: community.accounts).add(to: &routes)
        StatisticsPages(accounts: community.accounts, slowReads: slowReads).add(to: &routes)
        OperationPages(community: community).add(to: &routes)
        AccessReportPages(community: community, slowReads: slowReads).add(to: &routes)
        ReceiptPages(community: community).add(to: &routes)
        ContactPages(community: community).add(to: &routes)
        ReportPages(community: community).add(to: &routes)
        RightsPages(community: community).add(to: &routes)
        DisputePages(community: community).add(to: &routes)
        PartyCasePages(community: community, slowReads: slowReads).add(to: &routes)
        StaffCasePages(community: community, unreadableMails: unreadableMails).add(to: &routes)
        return routes
    }
}

extension SiteConfiguration {
    /// Where the site's own mails come from, or are read: nothing is answered there by itself.
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

extension Logger {
    static var standardError: Logger {
        Logger(label: "mikroforetag", factory: { StreamLogHandler.standardError(label: $0) })
    }
}

extension Community {
    func sessionLimit(at now: Instant) -> SessionLimits { SessionLimits(at: now, try? accounts.policies()) }

    /// What was last used then, or before, is a known device no more; nil when the policy in force knows of none (P-08.6).
    func deviceLimit(at now: Instant) throws -> Instant? {
        try accounts.policies().inForce(at: now)?.rules.knownDevice.map(now.subtracting)
    }

    /// Whether the gate is closed to a member (P-01.3), as far as the views have come.
    private func mustAcceptTexts(_ id: MemberID, in snapshot: ViewsSnapshot) throws -> Bool {
        guard let accepted = try snapshot.textAcceptances.of(id) else { return false }
        let now = clock.now()
        let back = accepted.returnedAt
        return try accounts.policies().mustBeAccepted(after: accepted.policy, returnedAt: back, at: now)
            || accounts.terms().mustBeAccepted(after: accepted.terms, returnedAt: back, at: now)
    }

    /// Nil for whoever is not an active member (any more).
    /// - Parameter twoFactor: whether administrators must have a second factor.
    func signedInMember(_ id: MemberID, requiringTwoFactor twoFactor: Bool = false) throws -> SignedInMember? {
        try views.read { snapshot -> SignedInMember? in
            guard let username = try snapshot.members.username(of: id) else { return nil }
            let roles = Set(try snapshot.members.roles(of: id))
            return SignedInMember(
                id: id, username: username, roles: roles,
                mustAcceptTexts: try mustAcceptTexts(id, in: snapshot),
                mustSetUpTwoFactor: try twoFactor && roles.contains(.administrator)
                    && accounts.member(id).active?.twoFactor == nil,
                unread: Unread(
                    messages: try snapshot.conversations.unread(of: id),
                    notices: try snapshot.notifications.unread(of: id),
                    reports: try roles.isDisjoint(with: CaseMatter.report.handlers)
                        ? 0 : snapshot.reports.unanswered(for: id)))
        }
    }
}
