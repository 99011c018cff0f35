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
@testable import Server
@testable import Site
@testable import SiteMap
@testable import Web

/// A site with a real log in a directory of its own, and the pages of forum, members and moderation.
final class ForumSite: Sendable {
    static let password = "rabarber-i-motvind"

    let time = TestClock()
    let temporary: TemporarySite
    let community: Community
    let forumPages: ForumPages
    let site: WebEnvironment
    private let count = Guarded(0)

    init(limits: [RateLimit.Kind: RateLimit] = [:]) async throws {
        temporary = try TemporarySite()
        community = try Community(
            temporary.files, clock: time.clock, hasher: PasswordHasher(cost: .quick))
        forumPages = ForumPages(community: community)
        site = try WebEnvironment(of: community, limits: limits)
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
        routes.addSignInStandIn()
        try await closing(with: site.community.close) {
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
        let member = try await community.accounts.join(form, at: time.now, as: role)
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
    /// Where it leads, as a browser asks for it.
    var path: String { String((location ?? "").prefix { $0 != "#" }) }

    /// How often something stands on the page.
    func count(of text: String) -> Int { self.text.ranges(of: text).count }
}
