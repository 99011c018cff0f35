import Events
import Forum
import HTML
import Hummingbird
import Processes
import SiteMap

extension ForumController {
    func showDeletion(_ request: Request, _ context: SiteContext) throws -> Response {
        context.page(DeletePostPage(post: try ownPost(context).facts.id))
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
}

/// `/inlagg/{id}/radera`: asks the author to confirm the deletion of her post.
struct DeletePostPage: HTMLPage {
    let post: PostID

    var title: String { "Ta bort inlägget" }
    var menu: MainMenu? { .forum }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.h1("Vill du ta bort inlägget?")
        html.p("Texten visas inte längre för någon, inte heller där andra har citerat den. Det går inte att ångra.")
        html.form(post: .erasePost(post)) { html in
            html.actions { html in
                html.submit("Ta bort", .danger)
                html.link("Avbryt", to: .post(post), class: "link")
            }
        }
    }
}
