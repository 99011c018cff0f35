import Events
import Forum
import Hummingbird
import Processes
import Projections
import SiteMap
import Web

/// What programs read: feeds, the map of the site, and what search engines may visit. Public categories and usernames only.
struct FeedPages: Sendable {
    let community: Community
    let visitorPages: VisitorPages

    init(community: Community) {
        self.community = community
        visitorPages = VisitorPages(of: community.views, capacity: 2 << 20)
    }

    func add(to routes: inout Routes) {
        routes.get(.feed) { try forumFeed($0, $1) }
        routes.get(.categoryFeed) { try categoryFeed($0, $1) }
        routes.get(.sitemap) { try sitemap($0, $1) }
        routes.get(.robots) { _, context in .text(Robots.text(context.visit.site.baseURL)) }
    }

    private func forumFeed(_ request: Request, _ context: SiteContext) throws -> Response {
        try answer("feed", context) { base in
            let threads = try community.views.read { try ThreadList.latest(Feed.length, for: .everybody, in: $0) }
            return Feed(
                title: "Forum – \(context.visit.site.name)", page: .forum, address: .feed, threads: threads, base: base)
        }
    }

    private func categoryFeed(_ request: Request, _ context: SiteContext) throws -> Response {
        let slug = try context.place("category")
        return try answer("feed/\(slug)", context) { base in
            try community.views.read { database in
                // A category for members has no feed, for nobody: feed readers carry no sign-in.
                guard let category = try CategoryList.find(slug: slug, in: database), category.audience == .everybody
                else {
                    throw PageError.notFound
                }
                return Feed(
                    title: "\(category.name) – \(context.visit.site.name)", page: .category(slug),
                    address: .categoryFeed(slug),
                    threads: try ThreadList.latest(Feed.length, in: category.id, database), base: base)
            }
        }
    }

    private func answer(_ key: String, _ context: SiteContext, _ feed: (BaseURL) throws -> Feed) throws -> Response {
        try visitorPages.document(PageKey(key), type: "application/atom+xml; charset=utf-8", context) {
            try feed(context.visit.site.baseURL).bytes
        }
    }

    private func sitemap(_ request: Request, _ context: SiteContext) throws -> Response {
        try visitorPages.document(PageKey("sitemap"), type: "application/xml; charset=utf-8", context) {
            try community.views.read { database in
                Sitemap(
                    categories: try CategoryList.all(for: .everybody, in: database),
                    threads: try ThreadList.latest(Sitemap.threadCount, for: .everybody, in: database),
                    base: context.visit.site.baseURL
                ).bytes
            }
        }
    }
}
