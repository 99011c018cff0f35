import Accounts
import HTTPTypes
import Hummingbird
import NIOCore

/// Who a route is for.
enum Admission: Sendable {
    case everyone, members
    case staff(Set<Role>, Matter)
}

/// The route table. It is the only way in to the router, so no form is read without its checks.
struct Routes {
    typealias Handler = @Sendable (Request, SiteContext) async throws -> Response

    /// What proves that whoever posts means it.
    enum Proof: Sendable {
        /// The token in the form and the cookie, from one of our pages.
        case formToken
        /// The secret in the address, as in a mail program's own unsubscribe button (RFC 8058). The body is not read.
        case address
    }

    private let router = Router(context: SiteContext.self)
    private var methods: [Route: Set<HTTPRequest.Method>] = [:]
    /// What the staff's routes have declared, for the test that walks them.
    private(set) var matters: [(route: Route, method: HTTPRequest.Method, roles: Set<Role>, matter: Matter)] = []
    /// Pages in memory that are answered without asking the router: of routes for everyone that spend `.read`.
    private(set) var kept: [VisitorPages] = []

    /// What becomes of each handler before it is in the table.
    private let guarding: @Sendable (Route, @escaping Handler) -> Handler

    init(guarding: @escaping @Sendable (Route, @escaping Handler) -> Handler = { $1 }) { self.guarding = guarding }

    mutating func keep(_ pages: VisitorPages) { kept.append(pages) }

    mutating func get(
        _ route: Route, for audience: Admission = .everyone, limit: RateLimit.Kind? = .read,
        _ handler: @escaping Handler
    ) {
        methods[route, default: []].formUnion([.get, .head])
        note(route, .get, audience)
        let handler = guarding(route, handler)
        let answer: Handler = { request, context in
            try context.spend(limit)
            try context.passGate(to: route)
            try context.admit(audience)
            return try await handler(request, context)
        }
        // HEAD is answered like GET; the front drops the body.
        router.on(RouterPath(route.rawValue), method: .get, use: answer)
        router.on(RouterPath(route.rawValue), method: .head, use: answer)
    }

    /// - Parameters:
    ///   - limit: nil where the handler spends by itself.
    ///   - size: the most bytes that the form may have.
    ///   - repetition: what becomes of a form that was sent before.
    mutating func post(
        _ route: Route, for audience: Admission = .members, limit: RateLimit.Kind? = .write,
        size: Int = FormLimit.standard,
        proof: Proof = .formToken, repetition: ReceivedForm.Repetition = .answeredAlike, _ handler: @escaping Handler
    ) {
        methods[route, default: []].insert(.post)
        note(route, .post, audience)
        let handler = guarding(route, handler)
        router.on(RouterPath(route.rawValue), method: .post) { request, context in
            switch proof {
            case .address:
                try context.spend(limit)
                try context.passGate(to: route)
                try context.admit(audience)
                let response = try await handler(request, context)
                await context.visit.site.settle()
                return response
            case .formToken:
                return try await ReceivedForm(
                    route: route, audience: audience, limit: limit, size: size, repetition: repetition, handler: handler
                ).answer(to: request, context)
            }
        }
    }

    private mutating func note(_ route: Route, _ method: HTTPRequest.Method, _ audience: Admission) {
        guard case .staff(let roles, let matter) = audience else { return }
        matters.append((route, method, roles, matter))
    }

    /// The finished table: what a route does not do, it says so.
    func responder() -> RouterResponder<SiteContext> {
        for (route, known) in methods {
            let allowed = known.map(\.rawValue).sorted()
            for method in [HTTPRequest.Method.get, .head, .post] where !known.contains(method) {
                router.on(RouterPath(route.rawValue), method: method) { _, _ -> Response in
                    throw PageError.methodNotAllowed(allowed: allowed)
                }
            }
        }
        return router.buildResponder()
    }

    /// Every route that answers, for the test that walks them all.
    var registered: Set<Route> { Set(methods.keys) }
}

extension SiteContext {
    /// A signed-in member spends from the bucket of her account, which no stranger can empty; visitors share that of their network.
    func spend(_ kind: RateLimit.Kind?) throws {
        guard let kind else { return }
        try visit.site.limits.spend(kind, by: member.map { .account($0.id) } ?? .address(visit.client), at: now)
    }

    /// A member who has to accept a new version of the texts gets only what is left to one who declines (P-01.3); an administrator who has to
    /// set up two-factor sign-in no more than that.
    func passGate(to route: Route) throws(PageError) {
        if member?.mustAcceptTexts == true, !route.isOpenBeforeAccepting { throw .textsNotAccepted }
        if member?.mustSetUpTwoFactor == true, !route.isOpenBeforeTwoFactor { throw .twoFactorNeeded }
    }

    func admit(_ audience: Admission) throws {
        switch audience {
        case .everyone: return
        case .members: _ = try requireMember()
        case .staff(let roles, let matter):
            let member = try requireMember()
            guard !member.roles.isDisjoint(with: roles) else { throw PageError.forbidden }
            try matter.require(othersThan: member.id, roles, self)
        }
    }
}
