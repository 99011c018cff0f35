import Events
import Logging

/// What every request is answered with: one value, made once when the site starts.
struct Site: Sendable {
    let name: String
    let controller: Controller
    let baseURL: BaseURL
    let trustedProxies: TrustedProxies
    let assets: Assets
    let runtime: RuntimeStore
    let sessions: Sessions
    let devices: KnownDevices
    let limits: RateLimits
    let signInAlarm = SignInAlarm()
    /// For how long the limits of new accounts hold (`Posting`).
    let daysAsNew: Int
    /// Where what members type is read and rendered.
    let texts = BoundedQueue("texts")
    let answers = AnswerCounts()
    let sentForms: SentForms
    let connections: ConnectionCounts
    /// What browsers are told that came by https (RFC 6797).
    let strictTransport: String
    /// The secret that opens `/metrics` from elsewhere; nil when there is none.
    let metricsToken: MetricsToken?
    /// Nil: no visits are recorded.
    let visits: VisitLog?
    let erasures = ErasureStatus()
    let kept = KeptInMemory()
    let clock: Clock
    let logger: Logger
    /// Waits until pages show what has been written so far. No form is answered before.
    let settle: @Sendable () async -> Void
    /// Name, roles and counters of whoever is signed in; nil when there is no such member any more, which ends the session.
    let signedInMember: @Sendable (MemberID) throws -> SignedInMember?
    /// The moment that the pages show, when it is not the present one.
    let past: Instant?

    /// - Parameter sessionLimit: which sessions are over by the policy in force.
    init(
        name: String, controller: Controller, baseURL: BaseURL,
        trustedProxies: TrustedProxies = TrustedProxies(ranges: []),
        runtime: RuntimeStore, limits: RateLimits = RateLimits(), daysAsNew: Int = 7, visits: VisitLog? = nil,
        clock: Clock = .system,
        logger: Logger = Logger(label: "mikroforetag"),
        sessionLimit: @escaping @Sendable (Instant) -> SessionLimits = { SessionLimits(at: $0, nil) },
        sessions: Sessions? = nil, past: Instant? = nil, connections: ConnectionLimits = ConnectionLimits(),
        includesSubdomains: Bool = false, metricsToken: MetricsToken? = nil,
        settle: @escaping @Sendable () async -> Void,
        signedInMember: @escaping @Sendable (MemberID) throws -> SignedInMember?
    ) {
        self.name = name
        self.controller = controller
        self.baseURL = baseURL
        self.trustedProxies = trustedProxies
        self.runtime = runtime
        devices = KnownDevices(store: runtime)
        sentForms = SentForms(store: runtime)
        self.limits = limits
        self.daysAsNew = daysAsNew
        self.visits = visits
        self.clock = clock
        self.logger = logger
        self.settle = settle
        self.signedInMember = signedInMember
        assets = Assets()
        self.sessions = sessions ?? Sessions(store: runtime, limits: sessionLimit)
        self.past = past
        self.connections = ConnectionCounts(connections, proxies: trustedProxies)
        strictTransport = "max-age=31536000" + (includesSubdomains ? "; includeSubDomains" : "")
        self.metricsToken = metricsToken
    }
}
