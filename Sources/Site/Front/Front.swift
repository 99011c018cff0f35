import Accounts
import Events
import HTTPTypes
package import Hummingbird
package import Logging
import Messaging
import NIOCore
import NIOHTTP1
import Processes
import Projections
import SiteMap
package import Web

/// Answers every request with a complete response: identifies the reader, routes, and renders an error page when the route fails.
package struct Front: HTTPResponder {
    package let site: WebEnvironment
    /// Whether the server itself terminates TLS.
    let isSecure: Bool
    let cached: [VisitorPages]
    let router: RouterResponder<SiteContext>

    package init(site: WebEnvironment, routes: Routes, isSecure: Bool) {
        self.site = site
        self.isSecure = isSecure
        cached = routes.cached
        var routes = routes
        routes.addKitRoutes()
        for pages in routes.cached { site.caches.add { pages.forget(before: $0) } }
        router = routes.responder()
    }

    package func respond(to request: Request, context connection: ConnectionContext) async throws -> Response {
        let start = ContinuousClock.now
        var (visit, isSecure) = visit(request.headers, from: connection.peer, connection.logger)
        var route: Address?
        var response: Response
        do {
            response = try await answer(request, visit: &visit, route: &route)
        } catch let returned as FormReturned {
            response = await answer(returned, visit: &visit, route: &route)
        } catch {
            response = page(for: error, to: request, visit: visit)
        }
        complete(&response, route, visit, isSecure: isSecure)
        try await Compression.apply(
            to: &response, isAccepted: visit.takesGzip,
            isConfidential: route.map { $0.isConfidential || visit.reader.mayShowDraft(on: $0) } ?? false)
        note(request.head, answered: response, route, visit, since: start)
        return request.method == .head ? response.createHeadResponse() : response
    }

    /// What the peer and the header fields say without any lookup, and whether the request came over https.
    func visit(
        _ headers: HTTPFields, from peer: ClientAddress, _ logger: Logger
    ) -> (visit: SiteContext.Visit, isSecure: Bool) {
        let origin = site.trustedProxies.origin(peer: peer, peerIsSecure: isSecure, headers: headers)
        let visit = SiteContext.Visit(
            logger: logger, site: site, now: site.clock.now(), client: origin.client, peer: peer,
            cookie: SessionCookie(from: headers, isSecure: site.baseURL.isSecure),
            device: DeviceCookie(from: headers, isSecure: site.baseURL.isSecure),
            takesGzip: Compression.isAccepted(by: headers), userAgent: headers[.userAgent])
        return (visit, origin.isSecure)
    }

    /// The header fields that every answer has.
    func complete(_ response: inout Response, _ route: Address?, _ visit: SiteContext.Visit, isSecure: Bool) {
        // Whenever the session is extended, its cookie is extended as well.
        if let session = visit.session, session.seen == visit.now, !response.headers.contains(.setCookie) {
            response.headers.append(visit.cookie.setting(seconds: site.sessions.cookieTime(at: visit.now)))
        }
        SecurityHeaders.apply(
            to: &response, carriesToken: route?.carriesToken ?? false, isPersonal: visit.reader.isMember,
            strictTransport: isSecure ? site.strictTransport : nil)
    }

    /// Counts and logs an answer, and adds it to the visit log if there is one.
    func note(
        _ request: HTTPRequest, answered response: Response, _ route: Address?, _ visit: SiteContext.Visit,
        since start: ContinuousClock.Instant
    ) {
        site.answers.note(status: response.status.code)
        if let visits = site.visits, let page = VisitingRequest(request, answered: response, on: route, visit) {
            visits.note(page)
        }
        visit.logger.info(
            "request",
            metadata: [
                "method": "\(request.method)", "route": "\(route?.pattern ?? "–")",
                "status": "\(response.status.code)",
                "microseconds": "\((ContinuousClock.now - start) / .microseconds(1))",
            ])
    }

    private func answer(_ request: Request, visit: inout SiteContext.Visit, route: inout Address?) async throws
        -> Response
    {
        guard [.get, .head, .post].contains(request.method) else {
            throw PageError.methodNotAllowed(allowed: ["GET", "HEAD", "POST"])
        }
        let path = request.uri.path
        if request.method != .post, let shorter = RequestPath.withoutTrailingSlash(path) {
            let query = request.uri.query.flatMap { ReturnPath(shorter + "?" + $0) }
            return Response(status: .movedPermanently, headers: [.location: query?.description ?? shorter])
        }
        guard request.head.path?.first == "/", RequestPath.isWellFormed(path) else {
            try SiteContext(source: visit).spend(.read)
            throw PageError.notFound
        }
        try recognise(&visit)
        let context = SiteContext(source: visit)
        defer { route = context.endpointPath.flatMap(SiteMap.address(pattern:)) }
        let response = try await router.respond(to: request, context: context)
        // Error answers made by the framework have no page yet.
        if response.status.code >= 400, response.body.contentLength == 0 {
            // No route has spent for this request.
            try context.spend(.read)
            throw PageError(status: response.status.code)
        }
        return response
    }

    /// Identifies the signed-in member; ends a session whose member no longer exists.
    func recognise(_ visit: inout SiteContext.Visit) throws {
        guard visit.cookie.isKnown, let session = try site.sessions.find(visit.cookie.token, at: visit.now) else {
            return
        }
        guard let member = try site.signedInMember(session.member) else {
            try site.sessions.end(visit.cookie.token)
            return
        }
        visit.session = session
        visit.reader = .member(member)
    }

    private func page(for error: any Error, to request: Request, visit: SiteContext.Visit) -> Response {
        let error = PageError(error, visit.logger)
        if case .tooMany = error { visit.noteIncident(.throttled, to: visit.reader.member?.id) }
        if error == .signInNeeded, request.method != .post {
            return .redirect(to: .signIn(returningTo: request.head.path.flatMap { ReturnPath($0) }))
        }
        if error == .textsNotAccepted {
            let place = request.method == .post ? nil : request.head.path.flatMap { ReturnPath($0) }
            return .redirect(to: .acceptTexts(returningTo: place))
        }
        if error == .twoFactorNeeded { return .redirect(to: .twoFactor) }
        return page(for: error, visit: visit)
    }

    /// The error page, with the text of the form that cannot be carried out.
    func page(for error: PageError, visit: SiteContext.Visit) -> Response {
        let context = SiteContext(source: visit)
        var response = context.page(
            ErrorPage(error: error, isOfThePast: site.past != nil, unsent: visit.unsent),
            status: .init(code: error.status))
        response.headers[.retryAfter] = error.retryAfter
        switch error {
        case .methodNotAllowed(let allowed): response.headers[.allow] = allowed.joined(separator: ", ")
        // The body was not read, so the connection cannot be reused.
        case .tooLarge, .wrongContentType: response.headers[.connection] = "close"
        case .malformed, .signInNeeded, .textsNotAccepted, .twoFactorNeeded, .forbidden, .ownMatter, .notFound,
            .alreadySent, .refused, .tooMany, .outOfOrder, .unavailable:
            break
        }
        return response
    }
}

extension PageError {
    /// The page error that answers a failed request.
    package init(_ error: any Error, _ logger: Logger) {
        switch error {
        case let error as PageError: self = error
        case is QueueFull: self = .unavailable
        case let refusal as any AnsweredRefusal:
            self =
                switch refusal.answer {
                case .page(let error): error
                case .reason(let reason): .refused(reason: reason)
                }
        // The subject of the command was erased while the form was open.
        case AppendFailure.fenced: self = .notFound
        case AppendFailure.commandOfAnother: self = .malformed(.formToken)
        case AppendFailure.diskFull, AppendFailure.fileReplaced, is ErasureUnfinished: self = .unavailable
        // Lasts until the latest erasures have been applied to the views of the past.
        case PastViewsUnusable.behindErasures, PastViewsUnusable.damaged: self = .unavailable
        // Lasts until the views are rebuilt.
        case is ViewsDamaged: self = .unavailable
        case let error as HTTPError: self = PageError(status: error.status.code)
        // The rest of the form never came, or cannot be read. The client has had its answer, or is gone.
        case is HTTPParserError, is IOError, is ChannelError: self = .malformed(.encoding)
        default:
            // Only the kind of error: its description may hold what a reader typed.
            logger.error("unexpected error", metadata: ["kind": "\(type(of: error))"])
            self = .outOfOrder
        }
    }
}
