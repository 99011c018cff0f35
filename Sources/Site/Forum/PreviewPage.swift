import Events
import Forum
import HTML
import HTTPTypes
import Hummingbird
import Processes
import Projections
import SiteMap
import Web

extension ForumController {
    /// Shows the typed text rendered: a fragment for the script, which sends no command, else a page with the form filled in.
    func preview(_ request: Request, _ context: SiteContext) async throws -> Response {
        var form = try context.form()
        let typed = form.typed(.postText)
        var segments: [ThreadPage.Segment]?
        if context.spendPreview(noting: &form, at: .postText) {
            do {
                segments = try await context.read(&form, at: .postText) { [application, reader = context.reader] in
                    try application.segments(of: application.draft(typed), for: reader.audience)
                }
            } catch let problems as Problems<PostProblem> {
                form.note(problems)
            }
        }
        guard form.typed(.command).isEmpty else {
            return context.page(PreviewPage(form: form, preview: segments), with: form)
        }
        var html = HTMLWriter(now: context.now, capacity: 4096)
        html.segments(segments ?? [], linksMembers: true)
        for mistake in form.mistakes where !form.text(.postText).isEmpty { html.p(mistake.message, class: "error") }
        var response = Response.bytes(
            html.bytes, type: "text/html; charset=utf-8", status: .init(code: form.pageError?.status ?? 200))
        response.headers[.retryAfter] = form.pageError?.retryAfter
        return response
    }
}

/// A preview above the form with the typed text.
struct PreviewPage: HTMLPage {
    let form: Form
    let preview: [ThreadPage.Segment]?

    var title: String { "Förhandsgranska" }
    var menu: MainMenu? { .forum }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.h1(title)
        html.preview(preview)
        html.form(post: .postPreview, form) { html in
            html.textarea(.postText, "Text", in: form, rows: 10, preview: .postPreview)
            html.actions { $0.submit("Förhandsgranska") }
        }
    }
}
