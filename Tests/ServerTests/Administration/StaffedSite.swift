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
@testable import Server
@testable import Site
@testable import SiteMap
@testable import Web

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
    private let site: WebEnvironment

    init() async throws {
        temporary = try TemporarySite()
        community = try Community(
            temporary.files, clock: time.clock, hasher: PasswordHasher(cost: .quick))
        try await community.accounts.publishFirstVersions()
        let (accounts, now) = (community.accounts, time.now)
        astrid = try await accounts.join("astrid", at: now, as: .administrator)
        moa = try await accounts.join("moa", at: now, as: .moderator)
        greta = try await accounts.join("greta", at: now, as: .auditor)
        eva = try await accounts.join("eva", at: now)
        let community = community
        rebuild = ViewsRebuild(community.views)
        previews = DraftPreviews(of: community, community.retention(confirmation: .none))
        visits = try VisitLog(
            at: temporary.files.data.appending(path: "visits.sqlite").path,
            baseURL: try #require(BaseURL("http://localhost")), logger: .silent,
            policies: { try community.accounts.policies() })
        conformance = ConformanceDesk(community: community, visits: visits)
        site = try WebEnvironment(of: community, visits: visits)
        _ = await community.views.reach(community.log.head)
    }

    /// Runs `body` with a browser in which that member is signed in, and closes the site when `body` is done.
    func browsing(as member: MemberID?, _ body: @Sendable (Browser) async throws -> Void) async throws {
        try await site.serving(routes) { client in
            let browser = Browser(client)
            if let member { try await browser.signIn(member) }
            try await body(browser)
        }
    }

    /// One member more: fia, gun.
    func join(_ username: String) async throws {
        _ = try await community.accounts.join(username, at: time.now)
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
            storage: StoragePlaces(community: community, words: StorageWords(), mail: MailDelivery()),
            slowReads: slowReads
        ).add(to: &routes)
        OperationPages(community: community).add(to: &routes)
        VisitPages(accounts: community.accounts).add(to: &routes)
        StatisticsPages(accounts: community.accounts, slowReads: slowReads).add(to: &routes)
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
