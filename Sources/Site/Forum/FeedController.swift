import Events
import Forum
import Hummingbird
import Processes
import Projections
import SiteMap
import Web

/// Documents for programs: feeds, the sitemap and `robots.txt`, with public categories and usernames only.
struct FeedController: Sendable {
    let application: Application
    let visitorPages: VisitorPages

    init(application: Application) {
        self.application = application
        visitorPages = VisitorPages(of: application.views, capacity: 2 << 20)
    }

    func add(to routes: inout Routes) {
        routes.get(.feed) { try forumFeed($0, $1) }
        routes.get(.categoryFeed) { try categoryFeed($0, $1) }
        routes.get(.sitemap) { try sitemap($0, $1) }
        routes.get(.robots) { _, context in .text(Robots.text(context.visit.site.baseURL)) }
    }

    private func forumFeed(_ request: Request, _ context: SiteContext) throws -> Response {
        try answer("feed", context) { base in
            let threads = try application.views.threads.latest(Feed.length, for: .everybody)
            return Feed(
                title: "Forum – \(context.visit.site.name)", page: .forum, address: .feed, threads: threads, base: base)
        }
    }

    private func categoryFeed(_ request: Request, _ context: SiteContext) throws -> Response {
        let slug = try context.place("category")
        return try answer("feed/\(slug)", context) { base in
            try application.views.read { snapshot in
                // A category for members has no feed, not even for members: feed readers cannot sign in.
                guard let category = try snapshot.categories.find(slug: slug), category.audience == .everybody
                else {
                    throw PageError.notFound
                }
                return Feed(
                    title: "\(category.name) – \(context.visit.site.name)", page: .category(slug),
                    address: .categoryFeed(slug),
                    threads: try snapshot.threads.latest(Feed.length, in: category.id), base: base)
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
            try application.views.read { snapshot in
                Sitemap(
                    categories: try snapshot.categories.all(for: .everybody),
                    threads: try snapshot.threads.latest(Sitemap.threadCount, for: .everybody),
                    base: context.visit.site.baseURL
                ).bytes
            }
        }
    }
}
