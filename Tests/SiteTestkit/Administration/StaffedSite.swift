import Accounts
import Events
import Forum
import Foundation
import HummingbirdTesting
import Projections
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import Web

/// A real site in a temporary directory, with an administrator, a moderator, an auditor and a member, and the staff's pages.
final class StaffedSite: Sendable {
    let temporary: TemporarySite
    let time = TestClock()
    let application: Application
    let rebuild: ViewsRebuild
    let previews: DraftPreviews
    let conformance: ConformanceService
    let visits: VisitLog
    let astrid: MemberID
    let moa: MemberID
    let greta: MemberID
    let eva: MemberID
    private let site: WebEnvironment

    init() async throws {
        temporary = try TemporarySite()
        application = try Application(
            temporary.files, clock: time.clock, hasher: PasswordHasher(cost: .quick))
        try await application.accounts.publishFirstVersions()
        let (accounts, now) = (application.accounts, time.now)
        astrid = try await accounts.join("astrid", at: now, as: .administrator)
        moa = try await accounts.join("moa", at: now, as: .moderator)
        greta = try await accounts.join("greta", at: now, as: .auditor)
        eva = try await accounts.join("eva", at: now)
        let application = application
        rebuild = ViewsRebuild(application.views)
        previews = DraftPreviews(of: application, application.retention(confirmation: .none))
        visits = try VisitLog(
            at: temporary.files.data.appending(path: "visits.sqlite").path,
            baseURL: try #require(BaseURL("http://localhost")), logger: .silent,
            policies: { try application.accounts.policies() })
        conformance = ConformanceService(application: application, visits: visits)
        site = try WebEnvironment(of: application, visits: visits)
        _ = await application.views.waitUntil(position: application.log.head)
    }

    /// Runs `body` with a browser signed in as that member, then closes the site.
    func browsing(as member: MemberID?, _ body: @Sendable (Browser) async throws -> Void) async throws {
        try await site.serving(routes) { client in
            let browser = Browser(client)
            if let member { try await browser.signIn(member) }
            try await body(browser)
        }
    }

    /// Adds one more member: fia or gun.
    func join(_ username: String) async throws {
        _ = try await application.accounts.join(username, at: time.now)
        _ = await application.views.waitUntil(position: application.log.head)
    }

    func close() async {
        await rebuild.stop()
        await previews.stop()
        await conformance.stop()
        await application.close()
    }

    private var routes: Routes {
        var routes = Routes()
        AdministrationController(application: application, rebuild: rebuild).add(to: &routes)
        PolicyController(application: application, previews: previews).add(to: &routes)
        let slowReads = SlowReads(of: application.views)
        AuditController(application: application, slowReads: slowReads).add(to: &routes)
        ConformanceController(
            application: application, worker: conformance,
            storage: StoragePlaces(application: application, words: StorageWords(), mail: MailDelivery()),
            slowReads: slowReads
        ).add(to: &routes)
        OperationController(application: application).add(to: &routes)
        VisitController(accounts: application.accounts).add(to: &routes)
        StatisticsController(accounts: application.accounts, slowReads: slowReads).add(to: &routes)
        routes.addSignInStandIn()
        return routes
    }
}

extension Accounts {
    fileprivate func join(_ username: String, at time: Instant, as role: Role? = nil) async throws -> MemberID {
        let number = try #require(["astrid", "moa", "greta", "eva", "fia", "gun"].firstIndex(of: username))
        let form = SignUpForm(
            username, name: "Namn Namnsson", number: try AgencyNumbers.adults[number], municipality: "0180",
            password: "rabarber-i-motvind")
        return try await join(form, at: time, as: role)
    }
}
