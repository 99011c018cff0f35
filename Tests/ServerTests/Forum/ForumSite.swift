import Accounts
import Events
import Forum
import Foundation
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Projections
import Testing
import Testkit

@testable import Server

/// A site with a real log in a directory of its own, and the pages of forum, members and moderation.
final class ForumSite: Sendable {
    static let password = "rabarber-i-motvind"

    let time = TestClock()
    let temporary: TemporarySite
    let community: Community
    let forumPages: ForumPages
    let site: Site
    private let numbers: [String]
    private let count = Guarded(0)

    init(limits: [RateLimit.Kind: RateLimit] = [:]) async throws {
        temporary = try TemporarySite()
        community = try Community(
            temporary.files, clock: time.clock, hasher: PasswordHasher(cost: ScryptCost(logarithm: 1)))
        forumPages = ForumPages(community: community)
        site = Site(
            name: "Mikroföretag", controller: Controller(), baseURL: try #require(BaseURL("http://localhost")),
            runtime: try RuntimeStore(), limits: RateLimits(limits), clock: time.clock,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            signedInMember: { [community] in try community.signedInMember($0) })
        let fixtures = URL(fileURLWithPath: #filePath).appending(path: "../../../../Fixtures").standardizedFileURL
        numbers = try TestNumbers.adults(in: fixtures.appending(path: "test-personal-identity-numbers.txt").path)
        try await community.accounts.publishFirstVersions()
    }

    /// Everything is closed when `body` is done.
    ///
    /// - Parameter limits: how often one address may read.
    static func visited(
        over connection: TestingSetup = .router, limits: [RateLimit.Kind: RateLimit] = [:],
        _ body: @Sendable (ForumSite, any TestClientProtocol) async throws -> Void
    ) async throws {
        let site = try await ForumSite(limits: limits)
        var routes = Routes()
        site.forumPages.add(to: &routes)
        FeedPages(community: site.community).add(to: &routes)
        let slowReads = SlowReads(of: site.community.views)
        SearchPages(community: site.community, slowReads: slowReads).add(to: &routes)
        MemberPages(community: site.community, slowReads: slowReads).add(to: &routes)
        ModerationPages(community: site.community).add(to: &routes)
        routes.get(.signIn) { _, context in context.page(SignInStandIn()) }
        routes.post(.signIn, for: .everyone, limit: .signIn) { request, context in
            guard let member: MemberID = try context.form().value("medlem") else { throw PageError.forbidden }
            return try context.signIn(member, then: .redirect(to: .start), userAgent: nil)
        }
        let server = try WebServer(site: site.site, routes: routes, configuration: SiteConfiguration())
        do {
            try await server.application.test(connection) { try await body(site, $0) }
        } catch {
            await site.community.close()
            throw error
        }
        await site.community.close()
    }

    private struct SignInStandIn: HTMLPage {
        let title = "Logga in"
        func write(into html: inout HTMLWriter) { html.form(post: .signIn()) { $0.submit("Logga in") } }
    }

    // MARK: Given

    @discardableResult
    func member(_ username: String, in municipality: String = "0380", as role: Role? = nil) async throws -> MemberID {
        count.update { $0 += 1 }
        var form = SignUpForm()
        form.email = "medlem\(count.value)@example.org"
        form.name = "Moa Hallin"
        form.username = username
        form.personalIdentityNumber = numbers[count.value]
        form.municipality = municipality
        form.password = ForumSite.password
        form.wantsNewsletter = false
        let policy = try community.accounts.policyInForce(at: time.now)
        form.acceptedPolicy = policy.version
        form.acceptedTerms = try community.accounts.termsInForce(at: time.now).version
        let application = try form.parsed(
            by: policy.rules, today: time.now.stockholmDate, wording: TextHash(of: "test"))
        let member = try await community.accounts.signUp(application, command: command())
        _ = try await community.accounts.confirm(member, linkMadeAt: time.now, command: command())
        if let role {
            try await community.accounts.grantRole(role, to: member, by: .operator, command: command())
        }
        await settle()
        return member
    }

    @discardableResult
    func category(_ name: String, for audience: Audience = .everybody) async throws -> CategoryID {
        let created = try await community.forum.createCategory(
            CategoryText.parse(name: name), for: audience, by: administrator, command: command())
        await settle()
        return created.category
    }

    @discardableResult
    func thread(
        _ title: String, _ text: String = "Hej", in category: CategoryID, by author: MemberID
    ) async throws -> (thread: ThreadID, post: PostID) {
        let opened = try await community.forum.openThread(
            in: category, title: ThreadTitle(title), body: community.draft(text), by: Standing(author),
            command: command())
        await settle()
        return (opened.thread, opened.post)
    }

    @discardableResult
    func reply(_ text: String, to thread: ThreadID, by author: MemberID) async throws -> PostID {
        let reply = try await community.forum.reply(
            to: thread, community.draft(text), by: Standing(author), command: command())
        await settle()
        return reply.post
    }

    /// What stays when somebody has left: the posts, without a name.
    func eraseIdentity(of member: MemberID) async throws { try await erase(.kinds([.identity], of: Owner(member))) }

    func erase(_ scope: Erasure.Scope) async throws {
        _ = try await community.log.erase(
            Erasure(fence: .random(), scope), command: command(), by: .system, at: time.now)
        await settle()
    }

    var administrator: Standing { Standing(MemberID(rawValue: 99), as: .administrator) }

    func command() -> CommandID { CommandID(at: time.now) }

    func settle() async { _ = await community.views.reach(community.log.head) }

    // MARK: Then

    /// The names of the events since a position.
    func events(after position: Int) throws -> [String] {
        try community.log.events(after: position, limit: 1000).map(\.type.name)
    }

    var head: Int { community.log.head }

    func browser(_ client: any TestClientProtocol, as member: MemberID? = nil) async throws -> Browser {
        let browser = Browser(client)
        if let member { try await browser.signIn(member) }
        return browser
    }
}

extension Browser.Answer {
    func contains(_ text: String) -> Bool { self.text.contains(text) }

    /// Where it leads, as a browser asks for it.
    var path: String { String((location ?? "").prefix { $0 != "#" }) }

    /// How often something stands on the page.
    func count(of text: String) -> Int { self.text.ranges(of: text).count }
}
