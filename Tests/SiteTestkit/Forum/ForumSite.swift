import Accounts
import Events
import Forum
import Foundation
import Hummingbird
import HummingbirdTesting
import NIOCore
import Projections
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import Web

/// A site with a real log in a temporary directory, and the pages of forum, members and moderation.
final class ForumSite: Sendable {
    static let password = "rabarber-i-motvind"

    let time = TestClock()
    let temporary: TemporarySite
    let application: Application
    let forumPages: ForumController
    let site: WebEnvironment
    private let count = Guarded(0)

    init(limits: [RateLimit.Kind: RateLimit] = [:]) async throws {
        temporary = try TemporarySite()
        application = try Application(
            temporary.files, clock: time.clock, hasher: PasswordHasher(cost: .quick), serving: true)
        forumPages = ForumController(application: application)
        site = try WebEnvironment(of: application, limits: limits)
        try await application.accounts.publishFirstVersions()
    }

    /// Runs `body`, then closes everything.
    ///
    /// - Parameter limits: how often one address may read.
    static func visited(
        over connection: TestingSetup = .router, limits: [RateLimit.Kind: RateLimit] = [:],
        _ body: @Sendable (ForumSite, any TestClientProtocol) async throws -> Void
    ) async throws {
        let site = try await ForumSite(limits: limits)
        var routes = Routes()
        site.forumPages.add(to: &routes)
        FeedController(application: site.application).add(to: &routes)
        let slowReads = SlowReads(of: site.application.views)
        SearchController(application: site.application, slowReads: slowReads).add(to: &routes)
        MemberController(application: site.application, slowReads: slowReads).add(to: &routes)
        ModerationController(application: site.application).add(to: &routes)
        routes.addSignInStandIn()
        try await closing(with: site.application.close) {
            try await site.site.serving(routes, over: connection) { try await body(site, $0) }
        }
    }

    // MARK: Given

    @discardableResult
    func member(_ username: String, in municipality: String = "0380", as role: Role? = nil) async throws -> MemberID {
        count.update { $0 += 1 }
        let form = SignUpForm(
            username, email: "medlem\(count.value)@example.org", number: try AgencyNumbers.adults[count.value],
            municipality: municipality, password: ForumSite.password)
        let member = try await application.accounts.join(form, at: time.now, as: role)
        await waitForViews()
        return member
    }

    @discardableResult
    func category(_ name: String, for audience: Audience = .everybody) async throws -> CategoryID {
        let created = try await application.forum.createCategory(
            CategoryText.parse(name: name), for: audience, by: administrator, command: command())
        await waitForViews()
        return created.category
    }

    @discardableResult
    func thread(
        _ title: String, _ text: String = "Hej", in category: CategoryID, by author: MemberID
    ) async throws -> (thread: ThreadID, post: PostID) {
        let opened = try await application.forum.openThread(
            in: category, title: ThreadTitle(title), body: application.draft(text), by: Standing(author),
            command: command())
        await waitForViews()
        return (opened.thread, opened.post)
    }

    @discardableResult
    func reply(_ text: String, to thread: ThreadID, by author: MemberID) async throws -> PostID {
        let reply = try await application.forum.reply(
            to: thread, application.draft(text), by: Standing(author), command: command())
        await waitForViews()
        return reply.post
    }

    /// Erases a former member's identity; the posts stay without a name.
    func eraseIdentity(of member: MemberID) async throws { try await erase(.kinds([.identity], of: Owner(member))) }

    func erase(_ scope: Erasure.Scope) async throws {
        _ = try await application.log.erase(
            ErasureRequest(fence: .random(), scope), command: command(), by: .system, at: time.now)
        await waitForViews()
    }

    var administrator: Standing { Standing(MemberID(rawValue: 99), as: .administrator) }

    func command() -> CommandID { CommandID(at: time.now) }

    func waitForViews() async { _ = await application.views.waitUntil(position: application.log.head) }

    // MARK: Then

    /// The names of the events since a position.
    func events(after position: Int) throws -> [String] {
        try application.log.events(after: position, limit: 1000).map(\.type.name)
    }

    var head: Int { application.log.head }

    func browser(_ client: any TestClientProtocol, as member: MemberID? = nil) async throws -> Browser {
        let browser = Browser(client)
        if let member { try await browser.signIn(member) }
        return browser
    }
}

extension Browser.Answer {
    /// The path of the redirect, as a browser requests it.
    var path: String { String((location ?? "").prefix { $0 != "#" }) }

    /// The number of occurrences of `text` on the page.
    func count(of text: String) -> Int { self.text.ranges(of: text).count }
}
