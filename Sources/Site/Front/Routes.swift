import Accounts
import Events
import Forum
import HTTPTypes
package import Hummingbird
import NIOCore
import Processes
package import SiteMap
import Web

/// The route table, and the only access to the router, so that no handler runs without its checks.
package struct Routes {
    package typealias Handler = @Sendable (Request, SiteContext) async throws -> Response

    /// How a POST proves that its sender intends it.
    enum Proof: Sendable {
        /// The form token and the cookie, from one of the site's pages.
        case formToken
        /// The secret in the address, as used by one-click unsubscribe in mail programs (RFC 8058); the body is not read.
        case address
    }

    private let router = Router(context: SiteContext.self)
    private var methods: [Address: Set<HTTPRequest.Method>] = [:]
    /// The matter of each staff route, for the test that walks them.
    private(set) var matters: [(route: Address, method: HTTPRequest.Method, roles: Set<Role>, matter: Matter)] = []
    /// Page caches that answer without the router; they may hold only pages of routes that are open to everyone and spend `.read`.
    private(set) var cached: [VisitorPages] = []

    /// Wraps each handler before it enters the table.
    private let guarding: @Sendable (Address, @escaping Handler) -> Handler

    package init(guarding: @escaping @Sendable (Address, @escaping Handler) -> Handler = { $1 }) {
        self.guarding = guarding
    }

    mutating func cache(_ pages: VisitorPages) { cached.append(pages) }

    /// - Parameters:
    ///   - audience: overrides the audience that the address declares, as the site of a past moment does.
    ///   - matter: required for an audience of staff, nil for any other.
    ///   - limit: nil when the handler itself spends.
    mutating func get(
        _ address: Address, for audience: Address.Audience? = nil, about matter: Matter? = nil,
        limit: RateLimit.Kind? = .read, _ handler: @escaping Handler
    ) {
        methods[address, default: []].formUnion([.get, .head])
        let admission = admission(to: address, .get, audience, matter)
        let handler = guarding(address, handler)
        let answer: Handler = { request, context in
            try context.spend(limit)
            try context.passGate(to: address)
            try context.admit(admission)
            return try await handler(request, context)
        }
        // HEAD is answered like GET; the front drops the body.
        router.on(RouterPath(address.pattern), method: .get, use: answer)
        router.on(RouterPath(address.pattern), method: .head, use: answer)
    }

    /// - Parameters:
    ///   - audience: overrides the audience that the address declares, where fewer may send the form than see the page.
    ///   - matter: required for an audience of staff, nil for any other.
    ///   - limit: nil when the handler itself spends.
    ///   - size: the maximum size of the form, in bytes.
    ///   - repetition: how a form that was sent before is answered.
    mutating func post(
        _ address: Address, for audience: Address.Audience? = nil, about matter: Matter? = nil,
        limit: RateLimit.Kind? = .write, size: Int = FormLimit.standard, proof: Proof = .formToken,
        repetition: ReceivedForm.Repetition = .answeredAlike, _ handler: @escaping Handler
    ) {
        methods[address, default: []].insert(.post)
        let admission = admission(to: address, .post, audience, matter)
        let handler = guarding(address, handler)
        router.on(RouterPath(address.pattern), method: .post) { request, context in
            switch proof {
            case .address:
                try context.spend(limit)
                try context.passGate(to: address)
                try context.admit(admission)
                let response = try await handler(request, context)
                await context.visit.site.waitForViews()
                return response
            case .formToken:
                return try await ReceivedForm(
                    address: address, admission: admission, limit: limit, size: size, repetition: repetition,
                    handler: handler
                ).answer(to: request, context)
            }
        }
    }

    private mutating func admission(
        to address: Address, _ method: HTTPRequest.Method, _ audience: Address.Audience?, _ matter: Matter?
    ) -> Admission {
        precondition(SiteMap.addresses.contains(address), "\(address.pattern) is not on the site's map")
        let admission = Admission(audience ?? address.audience, matter)
        if case .staff(let roles, let matter) = admission { matters.append((address, method, roles, matter)) }
        return admission
    }

    /// The finished router; a method that a route lacks is answered with `methodNotAllowed`.
    func responder() -> RouterResponder<SiteContext> {
        for (address, known) in methods {
            let allowed = known.map(\.rawValue).sorted()
            for method in [HTTPRequest.Method.get, .head, .post] where !known.contains(method) {
                router.on(RouterPath(address.pattern), method: method) { _, _ -> Response in
                    throw PageError.methodNotAllowed(allowed: allowed)
                }
            }
        }
        return router.buildResponder()
    }

    /// Every registered address, for the test that walks them all.
    var registered: Set<Address> { Set(methods.keys) }
}

extension SiteContext {
    /// A signed-in member spends from the bucket of her account, which no visitor can empty; visitors share the bucket of their network.
    func spend(_ kind: RateLimit.Kind?) throws {
        guard let kind else { return }
        try visit.site.limits.spend(kind, by: member.map { .account($0.id) } ?? .address(visit.client), at: now)
    }

    /// Restricts a member who has to accept new texts to what one who declines keeps (P-01.3), and an administrator who has to set up
    /// two-factor sign-in to the same pages and those of the set-up.
    func passGate(to address: Address) throws(PageError) {
        if member?.mustAcceptTexts == true, address.gate != .open { throw .textsNotAccepted }
        if member?.mustSetUpTwoFactor == true, address.gate == .closed { throw .twoFactorNeeded }
    }

    func admit(_ admission: Admission) throws {
        switch admission {
        case .everyone: return
        case .members: _ = try requireMember()
        case .staff(let roles, let matter):
            let member = try requireMember()
            guard !member.roles.isDisjoint(with: roles) else {
                visit.noteIncident(.refusedRole, to: member.id)
                throw PageError.forbidden
            }
            try matter.require(othersThan: member.id, roles, self)
        }
    }
}
