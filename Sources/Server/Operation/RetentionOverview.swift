import Accounts
import Events
import Projections

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
        /// Nil when the policy sets none.
        let limit: @Sendable (PolicyRules) -> Period?
        let oldest: @Sendable () throws -> Instant?

        init(
            _ name: String, _ title: String, since: String, _ limit: @escaping @Sendable (PolicyRules) -> Period?,
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

    init(of kinds: [Kind], under rules: PolicyRules, at now: Instant) throws {
        lines = try kinds.compactMap { kind in
            guard let limit = kind.limit(rules) else { return nil }
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
        let rules = try community.accounts.policyInForce(at: now).rules
        try self.init(of: RetentionOverview.kinds(community, site), under: rules, at: now)
    }

    /// Everything that is held for a time only, one entry a kind.
    static func kinds(_ community: Community, _ site: Site) -> [Kind] {
        [
            Kind("visits", "Rader i besöksloggen", since: "besöket", { $0.retention.visitLog }) {
                try site.visits?.oldest()
            },
            Kind("sessions", "Inloggade webbläsare", since: "den senast användes", { $0.retention.session }) {
                try site.sessions.oldest()
            },
            Kind("one-time-links", "Länkar i mejl", since: "länken slutade gälla", { _ in OneTimeTokens.afterlife }) {
                try OneTimeTokens(store: site.runtime).longestExpired()
            },
            members("closed-accounts", "Avslutade konton", since: "kontot avslutades", .closedAccount, community) {
                $0.retention.closedAccount
            },
            members(
                "deactivated-accounts", "Avstängda konton", since: "avstängningen tog slut", .deactivatedAccount,
                community
            ) {
                $0.unreturnedCountsAsClosedAfter
            },
            members(
                "unused-accounts", "Konton som ingen använder", since: "någon loggade in", .activeAccount, community
            ) {
                $0.unusedAccount?.closedAfter
            },
            members(
                "unconfirmed-sign-ups", "Obekräftade registreringar", since: "registreringen", .unconfirmedSignUp,
                community
            ) {
                $0.retention.unconfirmedSignUp
            },
            members(
                "pending-reviews", "Registreringar som väntar på kontroll", since: "kontrollen begärdes",
                .pendingReview, community
            ) {
                $0.retention.pendingRegistration
            },
            members("previous-addresses", "Utbytta e-postadresser", since: "bytet", .previousEmail, community) {
                $0.retention.emailUndo
            },
            subjects("sign-in-details", "Uppgifter om inloggningar", since: "inloggningen", .signIn, community) {
                $0.retention.signInDetails
            },
            subjects("corrections", "Rättelser", since: "beslutet", .correction, community) {
                $0.retention.correctionCase
            },
            members("support-cases", "Frågor", since: "ärendet avslutades", .supportCase, community) {
                $0.retention.supportCase
            },
            members("correction-cases", "Ärenden om rättelse", since: "ärendet avslutades", .correctionCase, community)
            {
                $0.retention.correctionCase
            },
            members("report-cases", "Anmälningar", since: "ärendet avslutades", .reportCase, community) {
                $0.retention.reportCase
            },
            members("dispute-cases", "Tvister", since: "ärendet avslutades", .disputeCase, community) {
                $0.retention.disputeCase
            },
            members("rights-cases", "Begäranden om rättigheter", since: "ärendet avslutades", .rightsCase, community) {
                $0.retention.rightsCase
            },
        ]
    }

    private static func members(
        _ name: String, _ title: String, since: String, _ kind: RetentionSchedule.Kind, _ community: Community,
        _ limit: @escaping @Sendable (PolicyRules) -> Period?
    ) -> Kind {
        Kind(name, title, since: since, limit) {
            try community.views.read { try RetentionSchedule.oldest(kind, in: $0) }
        }
    }

    private static func subjects(
        _ name: String, _ title: String, since: String, _ rule: RetentionSchedule.SubjectRule, _ community: Community,
        _ limit: @escaping @Sendable (PolicyRules) -> Period?
    ) -> Kind {
        Kind(name, title, since: since, limit) {
            try community.views.read { try RetentionSchedule.held(by: rule, limit: 1, in: $0) }.first?.since
        }
    }
}
