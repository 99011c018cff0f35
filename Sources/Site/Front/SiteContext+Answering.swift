import Events
import HTTPTypes
import Hummingbird
import Processes
import Web

extension SiteContext {
    /// Redirects to the page from which the visitor was sent to sign in, else to `page`.
    func redirect(to place: ReturnPath?, otherwise page: SiteLink) -> Response {
        place.map { Response(status: .seeOther, headers: [.location: $0.description]) } ?? .redirect(to: page)
    }

    /// The page as this reader sees it. A reader without the cookie gets one when the page holds a form.
    func page(_ page: some HTMLPage, status: HTTPResponse.Status = .ok) -> Response {
        let document = frame.document(page)
        var response = Response.bytes(document.bytes, type: "text/html; charset=utf-8", status: status)
        if document.hasForm, !visit.cookie.isKnown { response.headers.append(visit.cookie.setting()) }
        return response
    }

    /// The page frame for this reader.
    var frame: PageFrame {
        PageFrame(
            siteName: visit.site.name, baseURL: visit.site.baseURL, controller: visit.site.controller,
            assets: visit.site.assets, reader: reader, now: now,
            formToken: FormToken(for: visit.cookie.token, under: visit.site.runtime.formKey).masked(),
            past: visit.site.past, unsent: visit.unsent)
    }

    /// The page again, with the typed values and their mistakes.
    func refused(_ page: some HTMLPage) -> Response { self.page(page, status: .unprocessableContent) }
}
