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

/// A site with all its files in one directory, and a member with values that occur nowhere else.
final class ErasureSite: Sendable {
    static let name = "Kanarina Fågelströmsson"
    static let username = "kanarieöga"
    static let email = "kanarina.fagelstromsson@example.se"
    static let number = "198002222399"
    static let device = "Kanariebläddraren"
    static let postText = "Kanariefåglar sjunger klockan fyra"
    static let titleText = "Om kanariefåglars läten"

    /// The values that must be gone; the number is found by its last ten digits in every notation.
    static let canaries = CanaryScan(
        name, "Fågelströmsson", username, email, number, "8002222399", "800222-2399", device, postText, titleText)

    let time = TestClock()
    let temporary: TemporarySite
    let application: Application
    let site: WebEnvironment

    /// - Parameter temporary: the files of an earlier site; nil for a new one.
    init(reopening temporary: TemporarySite? = nil) async throws {
        self.temporary = try temporary ?? TemporarySite()
        application = try Application(
            self.temporary.files, clock: time.clock, hasher: PasswordHasher(cost: .quick))
        if temporary == nil { try await application.accounts.publishFirstVersions() }
        let runtime = self.temporary.files.data.appending(path: "runtime.sqlite")
        site = try WebEnvironment(of: application, runtime: RuntimeStore(at: runtime.path))
    }

    /// Opens a new site, runs `body`, then closes the site.
    static func opened(_ body: @Sendable (ErasureSite) async throws -> Void) async throws {
        let site = try await ErasureSite()
        try await closing(with: site.close) { try await body(site) }
    }

    func close() async { await application.close() }

    func worker(also steps: [ErasureStep] = [], files: [ErasureFile] = []) throws -> ErasureWorker {
        try ErasureWorker(application: application, site: site, also: steps, files: files)
    }

    /// Adds the member with data everywhere: profile, thread, quoted post, session, link and a waiting mail.
    func settleIn() async throws -> MemberID {
        let member = try await join(
            name: Self.name, username: Self.username, email: Self.email, number: Self.number)
        let other = try await join(
            name: "Bo Annan", username: "bo-annan", email: "bo@example.se", number: "19880917-2391")
        let category = try await application.forum.createCategory(
            CategoryText.parse(name: "Allmänt"), for: .everybody,
            by: Standing(MemberID(rawValue: 99), as: .administrator), command: command()
        ).category
        let opened = try await application.forum.openThread(
            in: category, title: ThreadTitle(Self.titleText), body: application.draft(Self.postText),
            by: Standing(member), command: command())
        _ = try await application.forum.reply(
            to: opened.thread, application.draft("[citat \(opened.post)]\n\nJust det, @\(Self.username)."),
            by: Standing(other),
            command: command())
        _ = try site.sessions.begin(for: member, device: Self.device, replacing: nil, at: time.now)
        _ = try OneTimeTokens(store: site.runtime).issue(
            .newPassword, for: member, until: time.now.advanced(seconds: 60))
        let outbox = try Outbox(store: site.runtime, head: 0)
        try outbox.add(
            [Outbox.Entry(position: 1, mail: .newPassword, member: member)], readTo: 1, due: time.now)
        await waitForViews()
        return member
    }

    private func join(name: String, username: String, email: String, number: String) async throws -> MemberID {
        let form = SignUpForm(username, name: name, email: email, number: number, password: "rabarber-i-motvind")
        return try await application.accounts.join(form, at: time.now)
    }

    func erase(_ scope: Erasure.Scope, receipt: TextHash? = nil) async throws {
        try await application.log.erase(
            ErasureRequest(fence: .random(), scope, receipt: receipt), command: command(), by: .system, at: time.now)
    }

    func command() -> CommandID { CommandID(at: time.now) }

    func waitForViews() async { _ = await application.views.waitUntil(position: application.log.head) }

    /// The member's values that remain in any file.
    func traces() throws -> [CanaryScan.Finding] { try Self.canaries.findings(in: temporary.files.data) }

    var completions: Int {
        get throws {
            try application.log.events(after: 0, limit: 1000).count { $0.type.name == "erasure.completed" }
        }
    }

    /// Runs `body` with the pages of the receipt and of operation.
    func browsing(_ body: @Sendable (Browser) async throws -> Void) async throws {
        var routes = Routes()
        ReceiptController(application: application).add(to: &routes)
        OperationController(application: application).add(to: &routes)
        try await site.serving(routes) { try await body(Browser($0)) }
    }
}
