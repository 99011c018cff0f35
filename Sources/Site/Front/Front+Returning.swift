import Events
import HTML
import HTTPTypes
import Hummingbird
import NIOCore
import Processes
import SiteMap
import Web

extension Front {
    /// The maximum number of pages searched for the form: its own address, the page it was on, and the pages that block it.
    private static let mostPages = 6

    /// Shows a form that was not carried out again, filled in; if no page of this reader has it, shows the typed text to copy.
    ///
    /// - Parameter route: set to the address of the page that is shown.
    func answer(_ returned: FormReturned, visit: inout SiteContext.Visit, route: inout Address?) async -> Response {
        if let answer = returned.answer { recognise(after: answer, &visit) }
        var response = await show(returned.form, visit, &route)
        for cookie in returned.answer?.headers[values: .setCookie] ?? [] {
            response.headers.append(HTTPField(name: .setCookie, value: cookie))
        }
        return response.uncached
    }

    /// Identifies the reader anew after an answer, which may have set another session cookie.
    private func recognise(after answer: Response, _ visit: inout SiteContext.Visit) {
        let pairs = answer.headers[values: .setCookie].map { String($0.prefix { $0 != ";" }) }
        let cookie = SessionCookie(
            from: [.cookie: pairs.joined(separator: "; ")], isSecure: visit.cookie.isSecure)
        if cookie.isKnown { visit.cookie = cookie }
        // Needed without a new cookie too: accepting the texts changes what the member may do.
        try? recognise(&visit)
    }

    private func show(_ form: WaitingForm, _ visit: SiteContext.Visit, _ route: inout Address?) async -> Response {
        var visit = visit
        visit.unsent = form
        var waiting: [ReturnPath?] = form.cause.mayPass ? [form.form.place, form.form.page] : []
        var obstacle = PageError.notFound
        /// The last page that blocked the form on the way, if any; overrides the error that the form failed with.
        var gate: PageError?
        for _ in 0..<Front.mostPages where !waiting.isEmpty {
            guard let path = waiting.removeFirst() else { continue }
            let context = SiteContext(source: visit)
            do {
                var response = try await router.respond(to: .page(path), context: context)
                if form.form.isPlaced {
                    route = context.endpointPath.flatMap(SiteMap.address(pattern:))
                    if case .failed(let error) = form.cause { response.note(gate ?? error) }
                    return response
                }
                guard response.status.kind == .redirection, let next = response.headers[.location] else { continue }
                waiting.insert(ReturnPath(next), at: 0)
            } catch {
                let error = PageError(error, visit.logger)
                switch error {
                case .signInNeeded: waiting.insert(ReturnPath(SiteLink.signIn(returningTo: form.form.place).url), at: 0)
                case .textsNotAccepted:
                    waiting.insert(ReturnPath(SiteLink.acceptTexts(returningTo: form.form.place).url), at: 0)
                default:
                    obstacle = error
                    continue
                }
                gate = error
            }
        }
        if case .failed(let error) = form.cause { obstacle = error }
        return page(for: obstacle, visit: visit)
    }
}

extension WaitingForm.Cause {
    /// Whether the form may be sent again.
    fileprivate var mayPass: Bool {
        switch self {
        case .opened: true
        case .failed(let error):
            switch error {
            case .malformed(.formToken), .signInNeeded, .textsNotAccepted, .alreadySent, .tooMany, .unavailable: true
            case .malformed, .twoFactorNeeded, .forbidden, .ownMatter, .notFound, .refused, .methodNotAllowed,
                .tooLarge,
                .wrongContentType, .outOfOrder:
                false
            }
        }
    }
}

extension Response {
    fileprivate mutating func note(_ error: PageError) {
        status = .init(code: error.status)
        headers[.retryAfter] = error.retryAfter
    }
}

extension Request {
    /// The request that a browser makes when it follows a redirect.
    fileprivate static func page(_ path: ReturnPath) -> Request {
        Request(
            head: HTTPRequest(method: .get, scheme: nil, authority: nil, path: path.description),
            body: RequestBody(buffer: ByteBuffer()))
    }
}
