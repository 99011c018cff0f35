import Events
import Forum
import HTML
import Hummingbird
import Processes
import Projections
import SiteMap
import Web

extension ForumController {
    /// `?citat=` begins the text with a quote of that post.
    func showReply(_ request: Request, _ context: SiteContext) throws -> Response {
        let thread = try thread(try context.id(), for: context.reader)
        let typed = try request.query().typed("citat")
        let draft = context.draft(at: .reply(thread.id))
        guard !typed.isEmpty else {
            return context.page(ReplyPage(thread: thread, form: Form(draft?.text), draft: draft))
        }
        guard let post = PostID(typed) else { throw PageError.notFound }
        guard let source = try application.forum.quotable(post) else {
            return context.page(ReplyPage(thread: thread, form: Form(draft?.text), draft: draft, missesQuote: true))
        }
        let quote = Quote(post: post, revision: source.number, from: 0, to: source.length)
        let before = draft.map { $0.text.text + "\n\n" } ?? ""
        let form = Form([.postText: before + quote.marker + "\n\n"])
        return context.page(ReplyPage(thread: thread, form: form, draft: draft))
    }

    func reply(_ request: Request, _ context: SiteContext) async throws -> Response {
        let member = try context.requireMember()
        let thread = try thread(try context.id(), for: context.reader)
        var form = try context.form()
        let place = DraftPlace.reply(thread.id)
        if let kept = try context.keep(
            &form, at: place, in: application, then: .reply(to: thread.id), noting: .postText)
        {
            return kept.response ?? context.refused(ReplyPage(thread: thread, form: form))
        }
        guard let body = try await body(&form, context) else {
            return context.refused(ReplyPage(thread: thread, form: form), form)
        }
        guard try form.writingAction() == .send else {
            let preview = try await preview(of: body, &form, context)
            return context.page(ReplyPage(thread: thread, form: form, preview: preview), with: form)
        }
        let command = try context.command()
        guard try context.spend(.post, for: command, in: application, noting: &form, at: .postText) else {
            return context.refused(ReplyPage(thread: thread, form: form), form)
        }
        let post = PostID(createdBy: command)
        return try await application.execute(
            context, then: { try self.place(of: post, for: context.reader) }, fallback: thread.address(),
            sending: place,
            refused: { [form] in context.refused(ReplyPage(thread: thread, form: form.noting($1))) }
        ) {
            try await application.forum.reply(to: thread.id, body, by: member.standing, command: command).appended
        }
    }

    /// - Throws: `notFound`, and `signInNeeded` for a visitor when the thread is for members only.
    func thread(_ id: ThreadID, for reader: Reader) throws -> ThreadList.Entry {
        guard let thread = try application.views.threads.find(id) else {
            throw PageError.notFound
        }
        guard reader.isMember || thread.category.audience == .everybody else { throw PageError.signInNeeded }
        return thread
    }
}

/// The separate page for a reply, used for a quote, a preview, or mistakes to correct.
struct ReplyPage: HTMLPage {
    let thread: ThreadList.Entry
    let form: Form
    var draft: Draft?
    var preview: [ThreadPage.Segment]?
    var missesQuote = false

    var title: String { "Svara i \(thread.shownTitle)" }
    var menu: MainMenu? { .forum }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.breadcrumbs(thread.breadcrumbs)
        html.h1("Svara")
        if missesQuote { html.notice("Inlägget finns inte längre, så det går inte att citera.", .warning) }
        html.preview(preview)
        html.postForm(
            form, to: .reply(to: thread.id), send: "Skicka svaret", draft: KeptDraft(at: .reply(thread.id), draft),
            cancel: thread.address())
    }
}
