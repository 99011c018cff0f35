import Events
import Forum
import HTML
import Hummingbird
import Processes
import Projections
import SiteMap
import Web

extension ForumController {
    func showCategory(_ request: Request, _ context: SiteContext) throws -> Response {
        let slug = try context.place("category")
        let number = try request.pageNumber()
        return try visitorPages.answer(.page(number, at: request.uri.path), context) {
            let category = try category(slug, for: context.reader)
            let paging = Paging(page: number, count: category.threads, size: ThreadList.pageSize)
            guard paging.exists else { throw PageError.notFound }
            let threads = try application.views.threads.page(number, of: category.id)
            return .page(CategoryPage(category: category, threads: threads, paging: paging, reader: context.reader))
        }
    }

    /// - Throws: `notFound`, and `signInNeeded` for a visitor when the category is for members only.
    func category(_ slug: String, for reader: Reader) throws -> CategoryList.Category {
        guard let category = try application.views.categories.find(slug: slug) else {
            throw PageError.notFound
        }
        guard reader.isMember || category.audience == .everybody else { throw PageError.signInNeeded }
        return category
    }
}

/// `/forum/{category}`: its threads, pinned ones first, then by activity.
struct CategoryPage: HTMLPage {
    let category: CategoryList.Category
    let threads: [ThreadList.Entry]
    let paging: Paging
    let reader: Reader

    var title: String { category.name }
    var summary: String? { category.description.isEmpty ? nil : category.description }
    var address: SiteLink? { .category(category.slug, page: paging.page) }
    var feed: FeedLink? { FeedLink(of: category) }
    var menu: MainMenu? { .forum }
    var isIndexed: Bool { category.audience == .everybody }
    var variesFor: Set<MemberID>? { [] }

    private var mayWrite: Bool { !reader.onlyReads && (!category.isClosed || reader.moderates) }

    func write(into html: inout HTMLWriter) {
        html.breadcrumbs([Breadcrumb("Forum", .forum)])
        html.pageHead { html in
            if mayWrite { html.buttonLink("Ny tråd", to: .newThread(in: category.slug)) }
        } heading: { html in
            html.element(.h1) { html in
                html.text(category.name)
                html.tags(of: category)
            }
            if !category.description.isEmpty { html.p(category.description, class: "muted") }
        }
        if reader.actor != nil {
            html.p { $0.link("Bevaka kategorin", to: .watchCategory(category.slug), class: "link") }
        }
        if category.isClosed { html.notice("Kategorin är stängd: det går att läsa men inte att skriva nytt.") }
        if threads.isEmpty {
            html.emptyState(
                "Inga trådar än", mayWrite ? "Bli den första som skriver här." : "Här finns inget att läsa."
            ) {
                if mayWrite { $0.buttonLink("Starta en tråd", to: .newThread(in: category.slug)) }
            }
        } else {
            html.threadList(threads)
        }
        html.pager(paging) { .category(category.slug, page: $0) }
    }
}

extension HTMLWriter {
    /// - Parameters:
    ///   - showsCategory: whether each thread names its category, for lists that mix categories.
    ///   - heading: the heading level of a thread, below the headings of the page.
    mutating func threadList(
        _ threads: [ThreadList.Entry], showsCategory: Bool = false, heading: Element = .h2
    ) {
        element(.ol, class: "thread-list wide") { html in
            for thread in threads { html.li { $0.item(thread, showsCategory: showsCategory, heading: heading) } }
        }
    }

    private mutating func item(_ thread: ThreadList.Entry, showsCategory: Bool, heading: Element) {
        div { html in
            html.element(heading, class: "title") { html in
                html.link(thread.shownTitle, to: thread.address())
                html.tags(of: thread)
            }
            html.p(class: "meta") { html in
                html.text(shownName(thread.author))
                if showsCategory {
                    html.text(" i ")
                    html.link(thread.category.name, to: .category(thread.category.slug))
                }
                html.text(", ")
                html.time(thread.opened)
            }
        }
        p(class: "replies") { html in
            html.element(.b) { $0.grouped(thread.replies) }
            html.text(" svar")
        }
        p(class: "latest") { html in
            html.text(shownName(thread.lastAuthor ?? thread.author))
            html.text(", ")
            html.time(thread.active)
        }
    }
}
