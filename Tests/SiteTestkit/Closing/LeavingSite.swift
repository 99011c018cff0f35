import Accounts
import Events
import Forum
import Foundation
import Hummingbird
import HummingbirdTesting
import Projections
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import Web

/// The account site with every page, for tests about closing, restoring and decisions about members.
struct LeavingSite: Sendable {
    let accounts: AccountSite
    let client: any TestClientProtocol

    static func visited(
        limits: [RateLimit.Kind: RateLimit] = [:], opened: Instant = .testStart,
        _ body: @Sendable (LeavingSite) async throws -> Void
    ) async throws {
        try await visited(AccountSite(limits: limits, opened: opened), body)
    }

    /// The caller must keep `site` alive, since it owns the files.
    static func visited(_ site: AccountSite, _ body: @Sendable (LeavingSite) async throws -> Void) async throws {
        try await closing(with: site.application.close) {
            let rebuild = ViewsRebuild(site.application.views)
            try await site.site.serving(Routes(of: site.application, site.site, rebuild: rebuild)) { client in
                try await body(LeavingSite(accounts: site, client: client))
            }
        }
    }

    var application: Application { accounts.application }
    var time: TestClock { accounts.time }
    var browser: Browser { Browser(client) }

    func command() -> CommandID { CommandID(at: time.now) }
    func waitForViews() async { _ = await application.views.waitUntil(position: application.log.head) }

    func id(_ username: String) throws -> MemberID {
        try #require(try application.accounts.find(Username(username)))
    }

    /// Registers a member and signs her in.
    func join(_ applicant: Applicant) async throws -> Browser {
        try await accounts.join(applicant, with: client)
        let browser = browser
        #expect(try await browser.signIn(applicant.fields["username"] ?? "").location == "/")
        return browser
    }

    /// Registers an administrator and signs her in.
    func administrator() async throws -> Browser {
        let browser = try await join(.nils)
        try await application.accounts.grantRole(
            .administrator, to: id("snickar-nisse"), by: .operator, command: command())
        await waitForViews()
        return browser
    }

    /// Registers a second administrator and signs her in.
    func colleague() async throws -> Browser {
        let browser = try await join(.greta)
        try await application.accounts.grantRole(.administrator, to: id("greta"), by: .operator, command: command())
        await waitForViews()
        return browser
    }

    /// Closes the account through the page, with the form's proposed choices.
    @discardableResult
    func leave(_ browser: Browser, _ fields: [String: String] = [:]) async throws -> Browser.Answer {
        _ = try await browser.get("/avsluta-konto")
        let standard = ["inlagg": "anonymise", "meddelanden": "anonymise", "password": AccountSite.password]
        return try await browser.post("/avsluta-konto", standard.merging(fields) { $1 })
    }

    func write(_ text: String, by member: MemberID) async throws -> (thread: ThreadID, post: PostID) {
        let category = try await application.forum.createCategory(
            CategoryText.parse(name: "Kategori \(application.log.head)"), for: .everybody,
            by: Standing(MemberID(rawValue: 99), as: .administrator), command: command())
        let opened = try await application.forum.openThread(
            in: category.category, title: ThreadTitle("En rubrik"), body: application.draft(text), by: Standing(member),
            command: command())
        await waitForViews()
        return (opened.thread, opened.post)
    }

    /// The newest mail to an address.
    func mail(to address: String) async throws -> CaughtMail.Mail {
        try #require(try await accounts.mails().last { $0.to == "<\(address)>" })
    }

    func events(after position: Int) throws -> [String] { try accounts.eventNames(after: position) }
}
