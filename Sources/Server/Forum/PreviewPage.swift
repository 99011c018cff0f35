import Forum
import HTTPTypes
import Hummingbird
import Projections

extension ForumPages {
    /// Shows what was typed as it will look: a fragment for the script, which sends no command, else a page with the form still filled.
    func preview(_ request: Request, _ context: SiteContext) throws -> Response {
        var form = try context.form()
        let body = try form.postBody { try community.draft($0) }
        let segments = try body.map { try community.segments(of: $0, for: context.reader.audience) }
        guard form.typed(.command).isEmpty else {
            let page = PreviewPage(form: form, preview: segments)
            return form.isAccepted ? context.page(page) : context.refused(page)
        }
        var html = HTMLWriter(now: context.now, capacity: 4096)
        html.segments(segments ?? [], linksMembers: true)
        for mistake in form.mistakes where !form.text(.postText).isEmpty { html.p(mistake.message, class: "error") }
        return .bytes(html.bytes, type: "text/html; charset=utf-8")
    }
}

/// A text on trial.
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
