import Accounts
import Events
import Foundation
import HummingbirdTesting
import Messaging
import Projections
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Server
@testable import Site
@testable import SiteMap
@testable import Web

/// The whole site on the files of a place, with every page, as `serve` wires it.
final class CanarySite: Sendable {
    let place: CanaryPlace
    let time: TestClock
    let community: Community
    let site: WebEnvironment
    let visits: VisitLog
    let mail: Mailbox
    let mailDesk: MailDesk
    let erasures: ErasureDesk
    let retention: RetentionEngine

    init(_ place: CanaryPlace, at time: TestClock) throws {
        self.place = place
        self.time = time
        community = try Community(
            place.files, clock: time.clock, hasher: PasswordHasher(cost: .quick))
        let logger = try place.logger()
        visits = try VisitLog(
            at: place.data.appending(path: "visits.sqlite").path, baseURL: try #require(BaseURL("http://localhost")),
            logger: logger, pause: .seconds(3600), policies: { [community] in try community.accounts.policies() })
        site = try WebEnvironment(
            of: community, runtime: RuntimeStore(at: place.data.appending(path: "runtime.sqlite").path), visits: visits,
            logger: logger)
        mail = try Mailbox(in: place.mail.path)
        mailDesk = try MailDesk(
            community: community, site: site, mailer: mail.mailer,
            sender: try #require(MailAddress("info@example.org")))
        erasures = try ErasureDesk(community: community, site: site)
        retention = community.retention(of: site, confirmation: mailDesk.confirmation).engine
    }

    /// The site is closed when `body` is done.
    @discardableResult
    static func opened<Value: Sendable>(
        _ place: CanaryPlace, at time: TestClock, _ body: @Sendable (CanarySite) async throws -> Value
    ) async throws -> Value {
        let site = try CanarySite(place, at: time)
        return try await closing(with: site.close) { try await body(site) }
    }

    func close() async throws {
        try visits.close()
        try site.runtime.close()
        await community.close()
    }

    func browsing(_ body: @Sendable (any TestClientProtocol) async throws -> Void) async throws {
        let rebuild = ViewsRebuild(community.views)
        try await site.serving(Routes(of: community, site, rebuild: rebuild), body)
    }

    func command() -> CommandID { CommandID(at: time.now) }

    func settle() async { #expect(await community.views.reach(community.log.head, within: .seconds(20))) }

    /// What the running site does by itself: first what is due, then what erasures ask for.
    func eraseWhatIsDue() async throws {
        _ = try await retention.run()
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
