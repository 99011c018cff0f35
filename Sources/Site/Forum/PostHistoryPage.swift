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
        guard let history = try application.forum.post(id), case .visible(let facts) = history.post else {
            throw PageError.notFound
        }
        guard context.reader.mayReadHistory(of: facts.author) else { throw PageError.forbidden }
        let paging = Paging(page: number, count: history.revisions.count, size: PostHistoryPage.size)
        guard paging.exists else { throw PageError.notFound }
        let shown = history.revisions.reversed().dropFirst((number - 1) * PostHistoryPage.size)
            .prefix(PostHistoryPage.size)
        let isAuthor = context.member?.id == facts.author
        let now = context.now
        let revisions = try await context.visit.site.texts.run { [application, reader = context.reader] in
            try shown.map { revision in
                let deleted = facts.deletedRevisions[revision.number]
                return PostHistoryPage.Revision(
                    number: revision.number, time: revision.time,
                    segments: try revision.body.value.map { try application.segments(of: $0, for: reader.audience) },
                    isDeleted: deleted != nil,
                    undoableUntil: try isAuthor
                        ? deleted.flatMap { try application.deletionUndoable(from: $0, at: now) } : nil,
                    isErasable: isAuthor && deleted == nil && revision.number < facts.revision
                        && facts.isSeparable(revision.number))
            }
        }
        let period = isAuthor ? try application.undoPeriod(at: now) : nil
        return context.page(PostHistoryPage(post: id, revisions: revisions, paging: paging, period: period))
    }

    func deleteRevision(_ request: Request, _ context: SiteContext) async throws -> Response {
        let member = try context.requireMember()
        let (post, number) = try revision(context)
        let command = try context.command()
        return try await application.execute(
            context, then: { .postHistory(post) }, fallback: .postHistory(post)
        ) {
            try await application.forum.delete(revision: number, of: post, by: member.standing, command: command)
        }
    }

    func restoreRevision(_ request: Request, _ context: SiteContext) async throws -> Response {
        let member = try context.requireMember()
        let (post, number) = try revision(context)
        let command = try context.command()
        let isUndoable = try application.deletionIsUndoable()
        return try await application.execute(
            context, then: { .postHistory(post) }, fallback: .postHistory(post)
        ) {
            try await application.forum.restore(
                revision: number, of: post, by: member.standing, command: command, when: isUndoable)
        }
    }

    private func revision(_ context: SiteContext) throws -> (PostID, Int) {
        guard let number = Int(try context.place("number")) else { throw PageError.notFound }
        return (try context.id(), number)
    }
}

/// `/inlagg/{id}/historik`: the revisions of a post, the newest first, for its author and for moderators (P-06.3).
struct PostHistoryPage: HTMLPage {
    struct Revision: Sendable {
        let number: Int
        let time: Instant
        /// Nil once it is erased.
        let segments: [ThreadPage.Segment]?
        let isDeleted: Bool
        /// Nil when the reader cannot undo its deletion.
        let undoableUntil: Instant?
        /// Whether the reader can delete it by itself.
        let isErasable: Bool
    }

    static let size = 10

    let post: PostID
    let revisions: [Revision]
    let paging: Paging
    /// How long a deletion can be undone; nil for readers other than the author.
    let period: Period?

    var title: String { "Inläggets ändringar" }
    var menu: MainMenu? { .forum }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.h1(title)
        html.actions { $0.link("Till inlägget", to: .post(post), class: "link") }
        if let period {
            html.p(
                "Bara du och de som sköter webbplatsen (moderatorer, administratörer och revisorer) kan läsa de tidigare versionerna. En version som du tar bort kan du få tillbaka i \(period.swedish). Sedan raderas den för gott, om ingen har anmält inlägget. Också citat ur den försvinner.",
                class: "muted")
        }
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
            if revision.isDeleted { html.p("Versionen är borttagen av den som skrev den.", class: "gone") }
            html.div(class: "prose") { $0.segments(segments, linksMembers: true) }
            if let end = revision.undoableUntil {
                html.p(class: "muted") { html in
                    html.text("Du kan ångra dig till ")
                    html.exactTime(end)
                    html.text(".")
                }
                html.button("Ångra borttagningen", post: .restoreRevision(revision.number, of: post))
            }
            if revision.isErasable {
                html.button("Ta bort den här versionen", post: .eraseRevision(revision.number, of: post))
            }
        }
    }
}
