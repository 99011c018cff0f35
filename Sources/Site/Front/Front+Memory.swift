import Events
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Web

extension Front {
    /// The answer to a request that the server refuses without passing it to the responder.
    func page(for refusal: RequestRefusal, from peer: ClientAddress) -> (head: HTTPResponse, body: ByteBuffer) {
        let (visit, isSecure) = visit([:], from: peer, site.logger)
        let document = SiteContext(source: visit).frame.document(ErrorPage(error: refusal.error))
        let bytes = ByteBuffer(bytes: document.bytes)
        var response = Response(
            status: refusal.status, headers: [.contentType: "text/html; charset=utf-8", .connection: "close"],
            body: ResponseBody(byteBuffer: bytes))
        complete(&response, nil, visit, isSecure: isSecure)
        if case .methodNotAllowed(let allowed) = refusal.error {
            response.headers[.allow] = allowed.joined(separator: ", ")
        }
        if refusal.error == .unavailable { response.headers[.retryAfter] = "5" }
        response.headers[.date] = HTTPDate.text(at: visit.now)
        site.answers.note(status: response.status.code)
        visit.logger.info("refused", metadata: ["status": "\(response.status.code)"])
        return (response.head, bytes)
    }

    /// The answer to a request for a cached page, after the same checks as in the full path: session, gate and rate limit.
    ///
    /// Nil when the request has to take the full path; then nothing has been spent or counted.
    func answerFromMemory(_ request: HTTPRequest, from peer: ClientAddress) -> (head: HTTPResponse, body: ByteBuffer)? {
        guard request.method == .get, let key = request.path.map(PageKey.init(target:)),
            let pages = cached.first(where: { $0.knows(key) })
        else { return nil }
        let start = ContinuousClock.now
        var (visit, isSecure) = visit(request.headerFields, from: peer, site.logger)
        do {
            try recognise(&visit)
            let context = SiteContext(source: visit)
            guard var page = pages.remembered(key, context) else { return nil }
            try context.passGate(to: page.route)
            try context.spend(.read)
            complete(&page.response, page.route, visit, isSecure: isSecure)
            page.response.vary(by: "Accept-Encoding")
            page.response.headers[.date] = HTTPDate.text(at: visit.now)
            note(request, answered: page.response, page.route, visit, since: start)
            return (page.response.head, page.bytes)
        } catch {
            // The full path repeats the check and answers with the error.
            return nil
        }
    }
}
