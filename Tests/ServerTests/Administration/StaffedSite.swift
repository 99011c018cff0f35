import Accounts
import Events
import Forum
import Foundation
import HummingbirdTesting
import Logging
import Projections
import Testing
import Testkit

@testable import Server

/// A real community in a directory of its own, with an administrator, a moderator, an auditor and a member, and the staff's pages.
final class StaffedSite: Sendable {
    let temporary: TemporarySite
    let time = TestClock()
    let community: Community
    let rebuild: ViewsRebuild
    let previews: DraftPreviews
    let conformance: ConformanceDesk
    let visits: VisitLog
    let astrid: MemberID
    let moa: MemberID
    let greta: MemberID
    let eva: MemberID
    private let site: Site

    init() async throws {
        temporary = try TemporarySite()
        community = try Community(
            temporary.files, clock: time.clock, hasher: PasswordHasher(cost: ScryptCost(logarithm: 1)))
        try await community.accounts.publishFirstVersions()
        let members = Applicants(community: community, clock: time)
        astrid = try await members.join("astrid", as: .administrator)
        moa = try await members.join("moa", as: .moderator)
        greta = try await members.join("greta", as: .auditor)
        eva = try await members.join("eva")
        let community = community
        rebuild = ViewsRebuild(community.views)
        previews = DraftPreviews(of: community)
        let baseURL = try #require(BaseURL("http://localhost"))
        visits = try VisitLog(
            at: temporary.files.data.appending(path: "visits.sqlite").path, baseURL: baseURL,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            policies: { try community.accounts.policies() })
        conformance = ConformanceDesk(community: community, visits: visits)
        site = Site(
            name: "Mikroföretag", controller: Controller(), baseURL: baseURL,
            runtime: try RuntimeStore(), limits: RateLimits([:]), visits: visits, clock: time.clock,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            signedInMember: { try community.signedInMember($0) })
        _ = await community.views.reach(community.log.head)
    }

    /// Runs `body` with a browser in which that member is signed in, and closes the site when `body` is done.
    func browsing(as member: MemberID?, _ body: @Sendable (Browser) async throws -> Void) async throws {
        let server = try WebServer(site: site, routes: routes, configuration: SiteConfiguration())
        try await server.application.test(.router) { client in
            let browser = Browser(client)
            if let member { try await browser.signIn(member) }
            try await body(browser)
        }
    }

    /// One member more: fia, gun.
    func join(_ username: String) async throws {
        _ = try await Applicants(community: community, clock: time).join(username)
        _ = await community.views.reach(community.log.head)
    }

    func close() async {
        await rebuild.stop()
        await previews.stop()
        await conformance.stop()
        await community.close()
    }

    private var routes: Routes {
        var routes = Routes()
        AdministrationPages(community: community, rebuild: rebuild).add(to: &routes)
        PolicyPages(community: community, previews: previews).add(to: &routes)
        let slowReads = SlowReads(of: community.views)
        AuditPages(community: community, slowReads: slowReads).add(to: &routes)
        ConformancePages(
            community: community, desk: conformance,
            storage: StoragePlaces(community: community, configuration: SiteConfiguration()), slowReads: slowReads
        ).add(to: &routes)
        OperationPages(community: community).add(to: &routes)
        VisitPages(accounts: community.accounts).add(to: &routes)
        StatisticsPages(accounts: community.accounts, slowReads: slowReads).add(to: &routes)
        routes.get(.signIn) { _, context in context.page(ErrorForm()) }
        routes.post(.signIn, for: .everyone, limit: .signIn) { request, context in
            guard let member: MemberID = try context.form().value("medlem") else { throw PageError.forbidden }
            return try context.signIn(member, then: .redirect(to: .start), userAgent: nil)
        }
        return routes
    }

    private struct ErrorForm: HTMLPage {
        let title = "Logga in"
        func write(into html: inout HTMLWriter) { html.form(post: .signIn()) { $0.submit("Logga in") } }
    }
}

/// People who become members at once.
private struct Applicants {
    let community: Community
    let clock: TestClock

    func join(_ username: String, as role: Role? = nil) async throws -> MemberID {
        let names = ["astrid", "moa", "greta", "eva", "fia", "gun"]
        let number = try #require(names.firstIndex(of: username))
        var form = SignUpForm()
        form.email = "\(username)@example.org"
        form.name = "Namn Namnsson"
        form.username = username
        form.personalIdentityNumber = try TestNumbers.adults(in: project.appending(path: numbersFile).path)[number]
        form.municipality = "0180"
        form.password = "rabarber-i-motvind"
        form.wantsNewsletter = false
        let accounts = community.accounts
        let policy = try accounts.policyInForce(at: clock.now)
        form.acceptedPolicy = policy.version
        form.acceptedTerms = try accounts.termsInForce(at: clock.now).version
        let application = try form.parsed(
            by: policy.rules, today: clock.now.stockholmDate, wording: TextHash(of: "test"))
        let member = try await accounts.signUp(application, command: CommandID(at: clock.now))
        _ = try await accounts.confirm(member, linkMadeAt: clock.now, command: CommandID(at: clock.now))
        if let role {
            try await accounts.grantRole(role, to: member, by: .operator, command: CommandID(at: clock.now))
        }
        return member
    }
}

private let numbersFile = "Fixtures/test-personal-identity-numbers.txt"

/// The root of the project.
let project = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
