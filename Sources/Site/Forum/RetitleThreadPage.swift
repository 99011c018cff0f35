import Events
import Forum
import HTML
import Hummingbird
import Processes
import Projections
import SiteMap
import Web

extension ForumController {
    func showRetitling(_ request: Request, _ context: SiteContext) throws -> Response {
        let thread = try ownThread(context)
        return context.page(RetitleThreadPage(thread: thread, form: Form([.postTitle: thread.title ?? ""])))
    }

    func retitle(_ request: Request, _ context: SiteContext) async throws -> Response {
        let member = try context.requireMember()
        let thread = try ownThread(context)
        var form = try context.form()
        guard let title = form.threadTitle() else {
            return context.refused(RetitleThreadPage(thread: thread, form: form))
        }
        let command = try context.command()
        return try await application.execute(
            context, then: { try self.thread(thread.id, for: context.reader).address() }, fallback: thread.address()
        ) {
            try await application.forum.retitle(thread.id, title, by: member.standing, command: command)
        }
    }

    /// The thread in the path, if the member may retitle it.
    ///
    /// - Throws: `notFound`, `forbidden`.
    private func ownThread(_ context: SiteContext) throws -> ThreadList.Entry {
        let member = try context.requireMember()
        let thread = try thread(try context.id(), for: context.reader)
        guard thread.mayBeRetitled(by: member) else { throw PageError.forbidden }
        return thread
    }
}

extension ThreadList.Entry {
    /// Whether the member is its author and it is open or she moderates; moderators retitle others' threads on another page.
    func mayBeRetitled(by member: SignedInMember) -> Bool {
        author.id == member.id && (!isClosed || Reader.member(member).moderates)
    }
}

/// `/trad/{id}/rubrik`
struct RetitleThreadPage: HTMLPage {
    let thread: ThreadList.Entry
    let form: Form

    var title: String { "Byt rubrik" }
    var menu: MainMenu? { .forum }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.breadcrumbs(thread.breadcrumbs)
        html.h1(title)
        html.p("Länkar till tråden fungerar som förut, även med den gamla rubriken.", class: "muted")
        html.form(post: .retitleThread(thread.id), form) { html in
            html.titleField(form)
            html.actions { html in
                html.submit("Byt rubrik")
                html.link("Avbryt", to: thread.address(), class: "link")
            }
        }
    }
}
