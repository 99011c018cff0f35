import Accounts
import Events
import Forum
import HTML
import Hummingbird
import Processes
import Projections
import SiteMap

extension ForumController {
    func showForum(_ request: Request, _ context: SiteContext) throws -> Response {
        try visitorPages.answer(.page(1, at: request.uri.path), context) {
            let audience = context.reader.audience
            let entries = try application.views.categories.overview(for: audience)
            return .page(ForumFrontPage(categories: entries, reader: context.reader))
        }
    }
}

/// `/forum`: the categories, each with its latest activity.
struct ForumFrontPage: HTMLPage {
    let categories: [CategoryList.Entry]
    let reader: Reader

    var title: String { "Forum" }
    var summary: String? { "Frågor och svar mellan människor som driver mycket små företag." }
    var address: SiteLink? { .forum }
    var feed: FeedLink? { .forum }
    var menu: MainMenu? { .forum }
    var isIndexed: Bool { true }
    var variesFor: Set<MemberID>? { [] }

    func write(into html: inout HTMLWriter) {
        html.pageHead("Forum", lead: "Fråga, svara och jämför erfarenheter.") { html in
            if reader.actor?.roles.contains(.administrator) == true {
                html.buttonLink("Ändra kategorier", to: .staffCategories, secondary: true)
            }
        }
        guard !categories.isEmpty else {
            html.emptyState("Inga kategorier än", "Här kommer forumets kategorier att stå när de finns.")
            return
        }
        html.element(.ul, class: "category-list wide") { html in
            for entry in categories { html.li { write(entry, into: &$0) } }
        }
        if !reader.isMember {
            html.p("En del kategorier är bara till för medlemmar. De syns när du har loggat in.", class: "muted")
        }
    }

    private func write(_ entry: CategoryList.Entry, into html: inout HTMLWriter) {
        let category = entry.category
        html.div { html in
            html.element(.h2, class: "title") { html in
                html.link(category.name, to: .category(category.slug))
                html.tags(of: category)
            }
            if !category.description.isEmpty { html.p(category.description, class: "meta") }
        }
        html.p(class: "replies") { html in
            html.element(.b) { $0.grouped(category.threads) }
            html.text(category.threads == 1 ? " tråd" : " trådar")
        }
        html.p(class: "latest") { html in
            guard let latest = entry.latest else { return html.text("Inget skrivet än") }
            html.link(latest.shownTitle, to: latest.address())
            html.lineBreak()
            html.text(shownName(latest.lastAuthor ?? latest.author))
            html.text(", ")
            html.time(latest.active)
        }
    }
}

extension HTMLWriter {
    /// What readers should know of a category before they open it.
    mutating func tags(of category: CategoryList.Category) {
        if category.audience == .members { tag("Endast medlemmar") }
        if category.isClosed { tag("Stängd") }
    }

    mutating func tags(of thread: ThreadList.Entry) {
        if thread.isPinned { tag("Fäst", class: "tag strong") }
        if thread.isClosed { tag("Låst") }
    }
}
