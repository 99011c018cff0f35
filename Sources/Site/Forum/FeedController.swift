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
        // Their keys are no request targets: answered from memory only here, and forgotten like pages.
        routes.cache(visitorPages)
        routes.get(.feed) { try forumFeed($0, $1) }
        routes.get(.categoryFeed) { try categoryFeed($0, $1) }
        routes.get(.sitemap) { try sitemap($0, $1) }
        routes.get(.robots) { _, context in .text(Robots.text(context.visit.site.baseURL)) }
    }

    private func forumFeed(_ request: Request, _ context: SiteContext) throws -> Response {
        try answer("feed", request, context) { snapshot in
            Feed(
                title: "\(FeedLink.forum.title) – \(context.visit.site.name)", page: .forum, address: .feed,
                entries: try snapshot.entries(of: snapshot.threads.latest(Feed.length, for: .everybody)),
                base: context.visit.site.baseURL
            ).bytes
        }
    }

    private func categoryFeed(_ request: Request, _ context: SiteContext) throws -> Response {
        let slug = try context.place("category")
        return try answer("feed/\(slug)", request, context) { snapshot in
            // A category for members has no feed, not even for members: feed readers cannot sign in.
            guard let category = try snapshot.categories.find(slug: slug), category.audience == .everybody else {
                throw PageError.notFound
            }
            return Feed(
                title: "\(category.name) – \(context.visit.site.name)", page: .category(slug),
                address: .categoryFeed(slug),
                entries: try snapshot.entries(of: snapshot.threads.latest(Feed.length, in: category.id)),
                base: context.visit.site.baseURL
            ).bytes
        }
    }

    private func sitemap(_ request: Request, _ context: SiteContext) throws -> Response {
        try answer("sitemap", type: "application/xml; charset=utf-8", request, context) { snapshot in
            Sitemap(
                categories: try snapshot.categories.all(for: .everybody),
                threads: try snapshot.threads.latest(Sitemap.threadCount, for: .everybody),
                base: context.visit.site.baseURL
            ).bytes
        }
    }

    /// Answers with the document, or says that the program's copy is current.
    private func answer(
        _ key: String, type: StaticString = "application/atom+xml; charset=utf-8", _ request: Request,
        _ context: SiteContext, _ make: (ViewsSnapshot) throws -> [UInt8]
    ) throws -> Response {
        // Taken before the document: what is written in between makes the document newer than its date, never older.
        let changed = try changed()
        let document = try visitorPages.document(PageKey(key), type: type, context) {
            try application.views.read(make)
        }
        return Validators(hash: document.hash, changed: changed, at: context.now)
            .answer(document.response, to: request.headers, at: context.now)
    }

    /// The time of the last event that the views have: any event may change what they show.
    private func changed() throws -> Instant? {
        let position = application.views.version.position
        return try position == 0 ? nil : application.log.events(after: position - 1, limit: 1).first?.time
    }
}

extension ViewsSnapshot {
    fileprivate func entries(of threads: [ThreadList.Entry]) throws -> [Feed.Entry] {
        try threads.map { Feed.Entry(thread: $0, opening: try posts.opening(of: $0.id)) }
    }
}
