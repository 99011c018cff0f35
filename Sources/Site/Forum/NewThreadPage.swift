import Events
import Forum
import HTML
import Hummingbird
import Processes
import Projections
import SiteMap

extension ForumController {
    func showNewThread(_ request: Request, _ context: SiteContext) throws -> Response {
        let category = try category(try context.place("category"), for: context.reader)
        guard !category.isClosed || context.reader.moderates else {
            let page = RefusalPage(reason: try ForumRefusal.categoryClosed.reason(), back: .category(category.slug))
            return context.page(page, status: .conflict)
        }
        let draft = context.draft(at: .thread(category.id))
        return context.page(NewThreadPage(category: category, form: Form(draft?.text), draft: draft))
    }

    func openThread(_ request: Request, _ context: SiteContext) async throws -> Response {
        let member = try context.requireMember()
        let category = try category(try context.place("category"), for: context.reader)
        var form = try context.form()
        let place = DraftPlace.thread(category.id)
        if let kept = try context.keep(
            &form, at: place, in: application, then: .newThread(in: category.slug), noting: .postText)
        {
            return kept.response ?? context.refused(NewThreadPage(category: category, form: form))
        }
        let title = form.threadTitle()
        let body = try await body(&form, context)
        guard let title, let body else { return context.refused(NewThreadPage(category: category, form: form), form) }
        guard try form.writingAction() == .send else {
            let preview = try await preview(of: body, &form, context)
            return context.page(NewThreadPage(category: category, form: form, preview: preview), with: form)
        }
        let command = try context.command()
        guard try context.spend(.thread, for: command, in: application, noting: &form, at: .postText) else {
            return context.refused(NewThreadPage(category: category, form: form), form)
        }
        let post = PostID(createdBy: command)
        return try await application.execute(
            context, then: { try self.place(of: post, for: context.reader) }, fallback: .category(category.slug),
            sending: place,
            refused: { [form] in context.refused(NewThreadPage(category: category, form: form.noting($1))) }
        ) {
            try await application.forum.openThread(
                in: category.id, title: title, body: body, by: member.standing, command: command
            ).appended
        }
    }
}

/// `/forum/{category}/ny`
struct NewThreadPage: HTMLPage {
    let category: CategoryList.Category
    let form: Form
    var draft: Draft?
    var preview: [ThreadPage.Segment]?

    var title: String { "Ny tråd i \(category.name)" }
    var menu: MainMenu? { .forum }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.breadcrumbs([Breadcrumb("Forum", .forum), Breadcrumb(category.name, .category(category.slug))])
        html.h1(title)
        html.p(
            category.audience == .everybody
                ? "Alla på internet kan läsa det du skriver här, under ditt användarnamn."
                : "Bara medlemmar kan läsa det du skriver här.", class: "muted")
        html.preview(preview)
        html.postForm(
            form, to: .newThread(in: category.slug), send: "Starta tråden",
            draft: KeptDraft(at: .thread(category.id), draft), hasTitle: true,
            cancel: .category(category.slug))
    }
}
