import Events
import Forum
import HTML
import Hummingbird
import Processes
import SiteMap

extension ForumController {
    func showDeletion(_ request: Request, _ context: SiteContext) throws -> Response {
        context.page(
            DeletePostPage(post: try ownPost(context).facts.id, period: try application.undoPeriod(at: context.now)))
    }

    func delete(_ request: Request, _ context: SiteContext) async throws -> Response {
        let member = try context.requireMember()
        let post: PostID = try context.id()
        let command = try context.command()
        return try await application.execute(
            context, then: { try place(of: post, for: context.reader) }, fallback: .post(post)
        ) {
            try await application.forum.delete(post, by: member.standing, command: command)
        }
    }

    func restore(_ request: Request, _ context: SiteContext) async throws -> Response {
        let member = try context.requireMember()
        let post: PostID = try context.id()
        let command = try context.command()
        let isUndoable = try application.deletionIsUndoable()
        return try await application.execute(
            context, then: { try place(of: post, for: context.reader) }, fallback: .post(post)
        ) {
            try await application.forum.restore(post, by: member.standing, command: command, when: isUndoable)
        }
    }
}

/// `/inlagg/{id}/radera`: asks the author to confirm the deletion of her post.
struct DeletePostPage: HTMLPage {
    let post: PostID
    /// How long the deletion can be undone.
    let period: Period

    var title: String { "Ta bort inlägget" }
    var menu: MainMenu? { .forum }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.h1("Vill du ta bort inlägget?")
        html.p(
            "Texten visas inte längre för någon, inte heller där andra har citerat den. I \(period.swedish) kan du ångra dig. Sedan raderas inlägget för gott med alla sina tidigare versioner, om ingen har anmält det: då sparas det tills anmälan är avgjord."
        )
        html.form(post: .erasePost(post)) { html in
            html.actions { html in
                html.submit("Ta bort", .danger)
                html.link("Avbryt", to: .post(post), class: "link")
            }
        }
    }
}
