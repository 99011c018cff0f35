import Accounts
import Events

/// Each kind of thing that is held for a time only, the limit by the policy in force, and the oldest one there is.
struct RetentionOverview: Sendable {
    /// Something that the site holds for a time only.
    struct Kind: Sendable {
        /// In `/metrics`.
        let name: String
        /// For people.
        let title: String
        /// What its time is counted from.
        let since: String
        let limit: @Sendable (RetentionRules) -> Period
        let oldest: @Sendable () throws -> Instant?

        init(
            _ name: String, _ title: String, since: String, _ limit: @escaping @Sendable (RetentionRules) -> Period,
            oldest: @escaping @Sendable () throws -> Instant?
        ) {
            self.name = name
            self.title = title
            self.since = since
            self.limit = limit
            self.oldest = oldest
        }
    }

    struct Line: Sendable {
        let kind: Kind
        let limit: Period
        /// Nil when nothing of it is held, or its time has not begun.
        let oldest: Instant?
        let isOverdue: Bool
    }

    let lines: [Line]

    init(of kinds: [Kind], under rules: RetentionRules, at now: Instant) throws {
        lines = try kinds.map { kind in
            let limit = kind.limit(rules)
            // What is dated later, such as a link that still works, has not begun to count.
            let oldest = try kind.oldest().flatMap { $0 <= now ? $0 : nil }
            // The regular work comes round once an hour.
            let isOverdue = oldest.map { $0.adding(limit) < now.advanced(seconds: -2 * 3600) } ?? false
            return Line(kind: kind, limit: limit, oldest: oldest, isOverdue: isOverdue)
        }
    }
}

extension RetentionOverview {
    init(_ community: Community, _ site: Site, at now: Instant) throws {
        let rules = try community.accounts.policyInForce(at: now).rules.retention
        try self.init(of: RetentionOverview.kinds(community, site), under: rules, at: now)
    }

    /// Everything that is held for a time only, one entry a kind.
    static func kinds(_ community: Community, _ site: Site) -> [Kind] {
        [
            Kind("visits", "Rader i besöksloggen", since: "besöket", { $0.visitLog }) { try site.visits?.oldest() },
            Kind("sessions", "Inloggade webbläsare", since: "den senast användes", { $0.session }) {
                try site.sessions.oldest()
            },
            Kind("one-time-links", "Länkar i mejl", since: "länken slutade gälla", { _ in OneTimeTokens.afterlife }) {
                try OneTimeTokens(store: site.runtime).longestExpired()
            },
        ]
    }
}
