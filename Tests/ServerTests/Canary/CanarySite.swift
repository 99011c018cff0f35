import Accounts
import Events
import Foundation
import HummingbirdTesting
import Logging
import Messaging
import Projections
import Testing
import Testkit

@testable import Server

/// The whole site on the files of a place, with every page, as `serve` wires it.
final class CanarySite: Sendable {
    let place: CanaryPlace
    let time: TestClock
    let community: Community
    let site: Site
    let visits: VisitLog
    let mail: Mailbox
    let mailDesk: MailDesk
    let erasures: ErasureDesk

    init(_ place: CanaryPlace, at time: TestClock) throws {
        self.place = place
        self.time = time
        community = try Community(
            place.files, clock: time.clock, hasher: PasswordHasher(cost: ScryptCost(logarithm: 1)))
        let (baseURL, logger) = (try #require(BaseURL("http://localhost")), try place.logger())
        visits = try VisitLog(
            at: place.data.appending(path: "visits.sqlite").path, baseURL: baseURL, logger: logger,
            pause: .seconds(3600), policies: { [community] in try community.accounts.policies() })
        site = Site(
            name: "Mikroföretag", controller: Controller(), baseURL: baseURL,
            runtime: try RuntimeStore(at: place.data.appending(path: "runtime.sqlite").path), limits: RateLimits([:]),
            visits: visits, clock: time.clock, logger: logger,
            signedInMember: { [community] in try community.signedInMember($0) })
        mail = try Mailbox(in: place.mail.path)
        mailDesk = try MailDesk(
            community: community, site: site, mailer: mail.mailer,
            sender: try #require(MailAddress("info@example.org")))
        erasures = try ErasureDesk(community: community, site: site)
        community.lastMail.install { [mailDesk] in mailDesk.lastMail(to: $0) }
        community.sideRecords.install(SideRecords.Files(of: site))
    }

    /// The site is closed when `body` is done.
    @discardableResult
    static func opened<Value: Sendable>(
        _ place: CanaryPlace, at time: TestClock, _ body: @Sendable (CanarySite) async throws -> Value
    ) async throws -> Value {
        let site = try CanarySite(place, at: time)
        do {
            let value = try await body(site)
            try await site.close()
            return value
        } catch {
            try await site.close()
            throw error
        }
    }

    func close() async throws {
        try visits.close()
        try site.runtime.close()
        await community.close()
    }

    func browsing(_ body: @Sendable (any TestClientProtocol) async throws -> Void) async throws {
        let rebuild = ViewsRebuild(community.views)
        let server = try WebServer(
            site: site, routes: RunningSite.routes(community, site, rebuild: rebuild),
            configuration: SiteConfiguration())
        try await server.application.test(.router) { try await body($0) }
    }

    func command() -> CommandID { CommandID(at: time.now) }

    func settle() async { #expect(await community.views.reach(community.log.head, within: .seconds(20))) }

    /// What the running site does by itself: first what is due, then what erasures ask for.
    func eraseWhatIsDue() async throws {
        _ = try await community.retention.run()
        await finishErasures()
    }

    func finishErasures() async {
        await erasures.fenceForgotten()
        await settle()
        await erasures.work()
        await settle()
    }

    var unfinishedErasures: Int { get throws { try community.log.unfinishedErasures().count } }
}
