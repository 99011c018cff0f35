import Events
import Forum
import Hummingbird
import Projections

extension ForumPages {
    func showHistory(_ request: Request, _ context: SiteContext) throws -> Response {
        let id: PostID = try context.id()
        guard let history = try community.forum.post(id) else { throw PageError.notFound }
        switch history.post {
        case .none, .deleted, .removed, .erased: throw PageError.notFound
        case .visible: break
        }
        let revisions = try history.revisions.reversed().map { revision in
            PostHistoryPage.Revision(
                number: revision.number, time: revision.time,
                segments: try revision.body.value.map { try community.segments(of: $0, for: context.reader.audience) })
        }
        return context.page(PostHistoryPage(post: id, revisions: revisions))
    }
}

/// `/inlagg/{id}/historik`: how a post has read, the newest first.
struct PostHistoryPage: HTMLPage {
    struct Revision: Sendable {
        let number: Int
        let time: Instant
        /// Nil once it is erased.
        let segments: [ThreadPage.Segment]?
    }

    let post: PostID
    let revisions: [Revision]

    var title: String { "Inläggets ändringar" }
    var menu: MainMenu? { .forum }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.h1(title)
        html.actions { $0.link("Till inlägget", to: .post(post), class: "link") }
        for revision in revisions { write(revision, into: &html) }
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
