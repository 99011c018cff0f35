import Events
import Forum
import HTML
import Hummingbird
import Processes
import Projections
import SiteMap
import Web

extension ForumController {
    func showHistory(_ request: Request, _ context: SiteContext) async throws -> Response {
        let id: PostID = try context.id()
        let number = try request.pageNumber()
        guard let history = try application.forum.post(id) else { throw PageError.notFound }
        switch history.post {
        case .none, .deleted, .removed, .erased: throw PageError.notFound
        case .visible: break
        }
        let paging = Paging(page: number, count: history.revisions.count, size: PostHistoryPage.size)
        guard paging.exists else { throw PageError.notFound }
        let shown = history.revisions.reversed().dropFirst((number - 1) * PostHistoryPage.size)
            .prefix(PostHistoryPage.size)
        let revisions = try await context.visit.site.texts.run { [application, reader = context.reader] in
            try shown.map { revision in
                PostHistoryPage.Revision(
                    number: revision.number, time: revision.time,
                    segments: try revision.body.value.map { try application.segments(of: $0, for: reader.audience) })
            }
        }
        return context.page(PostHistoryPage(post: id, revisions: revisions, paging: paging))
    }
}

/// `/inlagg/{id}/historik`: the revisions of a post, the newest first.
struct PostHistoryPage: HTMLPage {
    struct Revision: Sendable {
        let number: Int
        let time: Instant
        /// Nil once it is erased.
        let segments: [ThreadPage.Segment]?
    }

    static let size = 10

    let post: PostID
    let revisions: [Revision]
    let paging: Paging

    var title: String { "Inläggets ändringar" }
    var menu: MainMenu? { .forum }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.h1(title)
        html.actions { $0.link("Till inlägget", to: .post(post), class: "link") }
        for revision in revisions { write(revision, into: &html) }
        html.pager(paging) { .postHistory(post, page: $0) }
    }

    private func write(_ revision: Revision, into html: inout HTMLWriter) {
        html.section { html in
            html.element(.h2) { html in
                html.text(revision.number == 1 ? "Som det skrevs, " : "Ändring \(revision.number - 1), ")
                html.exactTime(revision.time)
            }
            guard let segments = revision.segments else { return html.p("Texten är raderad.", class: "muted") }
            html.div(class: "prose") { $0.segments(segments, linksMembers: true) }
        }
    }
}
