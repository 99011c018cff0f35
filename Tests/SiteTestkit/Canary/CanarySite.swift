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
@testable import Site
@testable import SiteMap
@testable import Web

/// The whole site on the files of a place, with every page, wired as by `serve`.
final class CanarySite: Sendable {
    let place: CanaryPlace
    let time: TestClock
    let application: Application
    let site: WebEnvironment
    let visits: VisitLog
    let mail: CaughtMail
    let mailWorker: MailWorker
    let erasures: ErasureWorker
    let retention: RetentionEngine

    init(_ place: CanaryPlace, at time: TestClock) throws {
        self.place = place
        self.time = time
        application = try Application(
            place.files, clock: time.clock, hasher: PasswordHasher(cost: .quick), serving: true)
        let logger = try place.logger()
        visits = try VisitLog(
            at: place.data.appending(path: "visits.sqlite").path, baseURL: try #require(BaseURL("http://localhost")),
            logger: logger, pause: .seconds(3600), policies: { [application] in try application.accounts.policies() })
        site = try WebEnvironment(
            of: application, runtime: RuntimeStore(at: place.data.appending(path: "runtime.sqlite").path),
            visits: visits,
            logger: logger)
        mail = try CaughtMail(in: place.mail.path)
        mailWorker = try MailWorker(
            application: application, site: site, mailer: mail.mailer,
            sender: try #require(MailAddress("info@example.org")))
        erasures = try ErasureWorker(application: application, site: site)
        retention = application.retention(of: site, confirmation: mailWorker.confirmation).engine
    }

    /// Runs `body`, then closes the site.
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
        await application.close()
    }

    func browsing(_ body: @Sendable (any TestClientProtocol) async throws -> Void) async throws {
        let rebuild = ViewsRebuild(application.views)
        try await site.serving(Routes(of: application, site, rebuild: rebuild), body)
    }

    func command() -> CommandID { CommandID(at: time.now) }

    func waitForViews() async {
        #expect(await application.views.waitUntil(position: application.log.head, within: .seconds(20)))
    }

    /// Runs the background work of a site: first what is due, then what the erasures require.
    func eraseWhatIsDue() async throws {
        _ = try await retention.run()
        await finishErasures()
    }

    func finishErasures() async {
        await erasures.fenceForgotten()
        await waitForViews()
        await erasures.work()
        await waitForViews()
    }

    var unfinishedErasures: Int { get throws { try application.log.unfinishedErasures().count } }
}
