package import Events
package import Logging
package import Processes
package import Web

/// The settings and services that all requests share; created once at startup.
package struct WebEnvironment: Sendable {
    package let name: String
    package let controller: Controller
    package let baseURL: BaseURL
    let trustedProxies: TrustedProxies
    let assets: Assets
    package let stores: OperationalStores
    let limits: RateLimits
    package let signInAlarm = SignInAlarm()
    package let security = SecurityMonitor()
    /// The number of days during which the limits of new accounts apply (`Posting`).
    let daysAsNew: Int
    /// The queue in which members' text is parsed and rendered.
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
    /// The value of `Strict-Transport-Security`, sent with answers over https (RFC 6797).
    let strictTransport: String
    /// The secret that opens `/metrics` to other machines; nil when there is none.
    let metricsToken: MetricsToken?
    let clock: Clock
    let logger: Logger
    /// Waits until the views include everything written so far; a form is not answered before.
    let waitForViews: @Sendable () async -> Void
    /// The name, roles and counters of a signed-in member; nil when she no longer exists, which ends the session.
    let signedInMember: @Sendable (MemberID) throws -> SignedInMember?
    /// The past moment that the pages show; nil for the present.
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
