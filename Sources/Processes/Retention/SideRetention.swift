package import Accounts
package import Events

/// The rules for data retained outside the log: it is deleted, mostly without an event.
package enum SideRule: String, CaseIterable, Sendable {
    case visits
    case reading, drafts
    case sessions
    case devices = "known-devices"
    case links = "one-time-links"
    case keyRotation = "key-rotation"
    case keys = "replaced-keys"
}

/// The number of items of one kind whose time is over.
package struct SideDue: Sendable {
    package let rule: SideRule
    package let count: Int
}

/// Deletes data outside the log when its time is over, whether or not a site has the files open (P-16.5).
package struct SideRetention: Sendable {
    package let application: Application
    package let files: OperationalRecords

    package init(application: Application, files: OperationalRecords) {
        self.application = application
        self.files = files
    }

    /// The counts of what is due, without acting on it; kinds with none are left out.
    package func due() throws -> [SideDue] {
        try due(at: application.clock.now(), under: application.accounts.policies())
    }

    /// The same at a given time and under the given policies.
    package func due(at now: Instant, under policies: PolicyCalendar) throws -> [SideDue] {
        let runtime = try files.runtime()
        let keys = KeyEpochs(application: application)
        return try SideRule.allCases.map { rule in
            let count =
                switch rule {
                case .visits:
                    try policies.limit(judgedAt: now, \.visitLog).map { try files.visitRows.count($0) }
                case .reading:
                    try policies.limit(judgedAt: now, \.reading).map {
                        try application.reading.count(through: application.log.position(at: $0))
                    }
                case .drafts:
                    try policies.limit(judgedAt: now, \.drafts).map {
                        try application.reading.countDrafts(savedUntil: $0)
                    }
                case .sessions: try runtime?.sessions.count(over: SessionLimits(at: now, policies))
                case .devices:
                    try SideRetention.lastSeenOfDevice(policies, now).flatMap { limit in
                        try runtime.map { try KnownDevices(store: $0.store).count(seenUntil: limit) }
                    }
                case .links: try runtime.map { try OneTimeTokens(store: $0.store).count(outdatedAt: now) }
                case .keyRotation: try keys.isRotationDue(at: now, under: policies) ? 1 : 0
                case .keys: try keys.dueForDestruction(at: now, under: policies).count
                }
            return SideDue(rule: rule, count: count ?? 0)
        }.filter { $0.count > 0 }
    }

    /// Everything but the keys, which `KeyEpochs` looks after.
    /// - Returns: how many items of each kind were due.
    package func run() async throws -> [SideRule: Int] {
        let due = try due().filter { $0.rule != .keyRotation && $0.rule != .keys }
        try await endSessionsAndLinks()
        try pruneVisits()
        try pruneReading()
        return Dictionary(due.map { ($0.rule, $0.count) }) { $1 }
    }

    /// Safe with a wrong clock: at worst members have to sign in again.
    func endSessionsAndLinks() async throws {
        guard let runtime = try files.runtime() else { return }
        let now = application.clock.now()
        let policies = try application.accounts.policies()
        try await SignInRecords(store: runtime.store).expireSessions(
            of: runtime.sessions, over: SessionLimits(at: now, policies), at: now, in: application.accounts)
        try OneTimeTokens(store: runtime.store).prune(at: now)
        try SentFormStore(store: runtime.store).prune(at: now)
        try SecurityCounts(store: runtime.store).prune(except: now.stockholmDate)
        try ConfirmedSignUps(store: runtime.store).prune(at: now)
        if let limit = SideRetention.lastSeenOfDevice(policies, now) {
            try KnownDevices(store: runtime.store).prune(seenUntil: limit)
        }
    }

    private func pruneVisits() throws {
        let now = application.clock.now()
        guard let limit = try application.accounts.policies().limit(judgedAt: now, \.visitLog) else { return }
        try files.visitRows.prune(limit, now)
    }

    /// Done by a serving site only, which alone writes what is read. A legal hold covers none of it (decision 0046).
    private func pruneReading() throws {
        let (reading, now) = (application.reading, application.clock.now())
        if let limit = try application.readingLimit(at: now) { try reading.prune(through: limit) }
        if let limit = try application.accounts.policies().limit(judgedAt: now, \.drafts) {
            try reading.pruneDrafts(savedUntil: limit)
        }
        _ = try reading.emptyWriteAheadLog()
    }

    /// Now, if the version in force does not allow known devices: then every device is forgotten.
    private static func lastSeenOfDevice(_ policies: PolicyCalendar, _ now: Instant) -> Instant? {
        policies.inForce(at: now).map { now.subtracting($0.rules.knownDevice ?? Period(days: 0)) }
    }
}
