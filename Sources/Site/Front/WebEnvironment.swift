package import Events
package import Logging
package import Processes
package import Web

/// What every request is answered with: one value, made once when the site starts.
package struct WebEnvironment: Sendable {
    package let name: String
    package let controller: Controller
    package let baseURL: BaseURL
    let trustedProxies: TrustedProxies
    let assets: Assets
    package let stores: OperationalStores
    let limits: RateLimits
    package let signInAlarm = SignInAlarm()
    /// For how long the limits of new accounts hold (`Posting`).
    let daysAsNew: Int
    /// Where what members type is read and rendered.
    let texts = BoundedQueue("texts")
    let answers = AnswerCounts()
    let sentForms: SentForms
    let connections: ConnectionCounts
    package var runtime: RuntimeStore { stores.runtime }
    var sessions: Sessions { stores.sessions }
    var devices: KnownDevices { stores.devices }
    var visits: VisitLog? { stores.visits }
    var erasures: ErasureStatus { stores.erasures }
    package var caches: CacheRegistry { stores.caches }
    /// What browsers are told that came by https (RFC 6797).
    let strictTransport: String
    /// The secret that opens `/metrics` from elsewhere; nil when there is none.
    let metricsToken: MetricsToken?
    let clock: Clock
    let logger: Logger
    /// Waits until pages show what has been written so far. No form is answered before.
    let waitForViews: @Sendable () async -> Void
    /// Name, roles and counters of whoever is signed in; nil when there is no such member any more, which ends the session.
    let signedInMember: @Sendable (MemberID) throws -> SignedInMember?
    /// The moment that the pages show, when it is not the present one.
    let past: Instant?

    package init(
        name: String, controller: Controller, baseURL: BaseURL,
        trustedProxies: TrustedProxies = TrustedProxies(ranges: []),
        stores: OperationalStores, limits: RateLimits = RateLimits(), daysAsNew: Int = 7,
        clock: Clock = .system,
        logger: Logger = Logger(label: "mikroforetag"),
        past: Instant? = nil, connections: ConnectionLimits = ConnectionLimits(),
        includesSubdomains: Bool = false, metricsToken: MetricsToken? = nil,
        waitForViews: @escaping @Sendable () async -> Void,
        signedInMember: @escaping @Sendable (MemberID) throws -> SignedInMember?
    ) {
        self.name = name
        self.controller = controller
        self.baseURL = baseURL
        self.trustedProxies = trustedProxies
        self.stores = stores
        sentForms = SentForms(store: stores.runtime)
        self.limits = limits
        self.daysAsNew = daysAsNew
        self.clock = clock
        self.logger = logger
        self.waitForViews = waitForViews
        self.signedInMember = signedInMember
        assets = Assets()
        self.past = past
        self.connections = ConnectionCounts(connections, proxies: trustedProxies)
        strictTransport = "max-age=31536000" + (includesSubdomains ? "; includeSubDomains" : "")
        self.metricsToken = metricsToken
    }
}
