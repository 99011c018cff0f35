package import Accounts
package import Events

/// What is held for a time only beside the log: it is deleted, and hardly any event says so.
package enum SideRule: String, CaseIterable, Sendable {
    case visits
    case sessions
    case devices = "known-devices"
    case links = "one-time-links"
    case keys = "replaced-keys"
}

/// Things of one sort whose time is out.
package struct SideDue: Sendable {
    package let rule: SideRule
    package let count: Int
}

/// Deletes what is held beside the log when its time is out, with or without a site that has the files open (P-16.5).
package struct SideRetention: Sendable {
    package let application: Application
    package let files: OperationalRecords

    package init(application: Application, files: OperationalRecords) {
        self.application = application
        self.files = files
    }

    /// Without doing anything about it; what there is none of is left out.
    package func due() throws -> [SideDue] {
        try due(at: application.clock.now(), under: application.accounts.policies())
    }

    /// The same at a moment, if those were the versions of the policy.
    package func due(at now: Instant, under policies: PolicyCalendar) throws -> [SideDue] {
        let runtime = try files.runtime()
        return try SideRule.allCases.map { rule in
            let count =
                switch rule {
                case .visits:
                    try policies.limit(judgedAt: now, \.visitLog).map { try files.visitRows.count($0) }
                case .sessions: try runtime?.sessions.count(over: SessionLimits(at: now, policies))
                case .devices:
                    try SideRetention.lastSeenOfDevice(policies, now).flatMap { limit in
                        try runtime.map { try KnownDevices(store: $0.store).count(seenUntil: limit) }
                    }
                case .links: try runtime.map { try OneTimeTokens(store: $0.store).count(outdatedAt: now) }
                case .keys: try KeyEpochs(application: application).dueForDestruction(at: now).count
                }
            return SideDue(rule: rule, count: count ?? 0)
        }.filter { $0.count > 0 }
    }

    /// - Returns: how much went of each sort.
    package func run() async throws -> [SideRule: Int] {
        let due = try due()
        try await endSessionsAndLinks()
        try pruneVisits()
        try await KeyEpochs(application: application).work()
        return Dictionary(due.map { ($0.rule, $0.count) }) { $1 }
    }

    /// Harmless by a clock that is wrong: whoever was signed in signs in again.
    func endSessionsAndLinks() async throws {
        guard let runtime = try files.runtime() else { return }
        let now = application.clock.now()
        let policies = try application.accounts.policies()
        try await SignInRecords(store: runtime.store).expireSessions(
            of: runtime.sessions, over: SessionLimits(at: now, policies), at: now, in: application.accounts)
        try OneTimeTokens(store: runtime.store).prune(at: now)
        try SentFormStore(store: runtime.store).prune(at: now)
        if let limit = SideRetention.lastSeenOfDevice(policies, now) {
            try KnownDevices(store: runtime.store).prune(seenUntil: limit)
        }
    }

    private func pruneVisits() throws {
        let now = application.clock.now()
        guard let limit = try application.accounts.policies().limit(judgedAt: now, \.visitLog) else { return }
        try files.visitRows.prune(limit, now)
    }

    /// The whole present, where the version in force knows of no devices: nothing is kept that it does not name.
    private static func lastSeenOfDevice(_ policies: PolicyCalendar, _ now: Instant) -> Instant? {
        policies.inForce(at: now).map { now.subtracting($0.rules.knownDevice ?? Period(days: 0)) }
    }
}
