import Accounts
import Events
import Processes
import Projections

/// Each kind of data with a retention limit, the limit in the policy in force, and the oldest entry.
struct RetentionOverview: Sendable {
    /// A kind of data with a retention limit.
    struct Kind: Sendable {
        /// The name in `/metrics`.
        package let name: String
        /// The name on the page.
        let title: String
        /// The event from which its time is counted.
        let since: String
        /// Nil when the policy sets no limit.
        let limit: @Sendable (PolicyRules) -> Period?
        let oldest: @Sendable () throws -> Instant?

        package init(
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
        /// Nil when there is no entry, or its time has not begun.
        let oldest: Instant?
        let isOverdue: Bool
    }

    let lines: [Line]

    init(of kinds: [Kind], under rules: PolicyRules, at now: Instant) throws {
        lines = try kinds.compactMap { kind in
            guard let limit = kind.limit(rules) else { return nil }
            // An entry dated in the future, such as a link that is still valid, has not begun to count.
            let oldest = try kind.oldest().flatMap { $0 <= now ? $0 : nil }
            // The retention job runs once an hour.
            let isOverdue = oldest.map { $0.adding(limit) < now.advanced(seconds: -2 * 3600) } ?? false
            return Line(kind: kind, limit: limit, oldest: oldest, isOverdue: isOverdue)
        }
    }
}

extension RetentionOverview {
    init(_ application: Application, _ site: WebEnvironment, at now: Instant) throws {
        let rules = try application.accounts.policyInForce(at: now).rules
        try self.init(of: RetentionOverview.kinds(application, site), under: rules, at: now)
    }

    /// Every kind of data with a retention limit.
    static func kinds(_ application: Application, _ site: WebEnvironment) -> [Kind] {
        let views = application.views
        func listed(
            _ kind: RetentionSchedule.Kind, _ name: String, _ title: String, since: String,
            _ limit: @escaping @Sendable (PolicyRules) -> Period?
        ) -> Kind {
            Kind(name, title, since: since, limit) { try views.retention.oldest(kind) }
        }
        func retained(
            by rule: RetentionSchedule.SubjectRule, _ name: String, _ title: String, since: String,
            _ limit: @escaping @Sendable (PolicyRules) -> Period?
        ) -> Kind {
            Kind(name, title, since: since, limit) {
                try views.retention.retained(by: rule, limit: 1).first?.since
            }
        }
        func cases(
            _ kind: RetentionSchedule.Kind, _ title: String, _ limit: @escaping @Sendable (PolicyRules) -> Period?
        ) -> Kind {
            listed(kind, kind.rawValue + "s", title, since: "ärendet avslutades", limit)
        }
        return [
            Kind("visits", "Rader i besöksloggen", since: "besöket", { $0.retention.visitLog }) {
                try site.visits?.oldest()
            },
            Kind("reading", "Vad medlemmar har läst", since: "det som lästes kom", { $0.retention.reading }) {
                try application.oldestRead()
            },
            Kind("drafts", "Utkast", since: "utkastet ändrades", { $0.retention.drafts }) {
                try application.reading.oldestDraft()
            },
            Kind("sessions", "Inloggade webbläsare", since: "den senast användes", { $0.retention.session }) {
                try site.sessions.oldest()
            },
            Kind(
                "known-devices", "Webbläsare där någon har loggat in förut", since: "den senaste inloggningen",
                { $0.knownDevice }
            ) { try site.devices.oldest() },
            Kind(
                "session-lifetimes", "Inloggningar, hur mycket de än används", since: "inloggningen",
                { $0.retention.sessionLifetime }
            ) {
                try site.sessions.oldestBegun()
            },
            Kind("one-time-links", "Länkar i mejl", since: "länken slutade gälla", { _ in OneTimeTokens.afterlife }) {
                try OneTimeTokens(store: site.runtime).longestExpired()
            },
            listed(.closedAccount, "closed-accounts", "Avslutade konton", since: "kontot avslutades") {
                $0.retention.closedAccount
            },
            listed(
                .duplicateAccount, "duplicate-accounts", "Konton med någon annans personnummer", since: "bekräftelsen"
            ) { $0.retention.duplicateAccount },
            listed(
                .endedDuplicate, "ended-duplicates", "Avslutade konton utan eget personnummer", since: "de avslutades"
            ) { $0.deadlines.appealWindow },
            listed(.deactivatedAccount, "deactivated-accounts", "Avstängda konton", since: "avstängningen tog slut") {
                $0.unreturnedCountsAsClosedAfter
            },
            listed(.activeAccount, "unused-accounts", "Konton som ingen använder", since: "någon loggade in") {
                $0.unusedAccount?.closedAfter
            },
            listed(.unconfirmedSignUp, "unconfirmed-sign-ups", "Obekräftade registreringar", since: "registreringen") {
                $0.retention.unconfirmedSignUp
            },
            listed(
                .pendingReview, "pending-reviews", "Registreringar som väntar på kontroll", since: "kontrollen begärdes"
            ) { $0.retention.pendingRegistration },
            listed(.previousEmail, "previous-addresses", "Utbytta e-postadresser", since: "bytet") {
                $0.retention.emailUndo
            },
            retained(by: .signIn, "sign-in-details", "Uppgifter om inloggningar", since: "inloggningen") {
                $0.retention.signInDetails
            },
            Kind(
                "former-staff-names", "Namn som administrationen har lämnat", since: "namnet lämnades",
                { $0.retention.staffName }
            ) {
                try application.accounts.formerStaffNames().map(\.name.since).min()
            },
            retained(by: .correction, "corrections", "Rättelser", since: "beslutet") { $0.retention.correctionCase },
            listed(.deletedPost, "deleted-posts", "Inlägg som togs bort", since: "någon tog bort dem") {
                $0.retention.deletedText
            },
            listed(
                .deletedRevision, "deleted-revisions", "Tidigare versioner som togs bort", since: "någon tog bort dem"
            ) { $0.retention.deletedText },
            listed(.deletedMessage, "deleted-messages", "Meddelanden som togs bort", since: "någon tog bort dem") {
                $0.retention.deletedText
            },
            cases(.supportCase, "Frågor") { $0.retention.supportCase },
            cases(.correctionCase, "Ärenden om rättelse") { $0.retention.correctionCase },
            cases(.reportCase, "Anmälningar") { $0.retention.reportCase },
            cases(.disputeCase, "Tvister") { $0.retention.disputeCase },
            cases(.rightsCase, "Begäranden om rättigheter") { $0.retention.rightsCase },
            listed(
                .waitingCase, "waiting-cases", "Ärenden som väntar på den som frågade", since: "vi frågade tillbaka"
            ) { rules in
                [rules.retention.supportCase, rules.retention.correctionCase]
                    .max { Instant(milliseconds: 0).adding($0) < Instant(milliseconds: 0).adding($1) }
            },
            Kind("master-keys", "Huvudnycklar i bruk", since: "de togs i bruk", { $0.retention.keyRotation }) {
                try application.log.keyHistory().since
            },
            Kind("replaced-keys", "Utbytta huvudnycklar", since: "bytet", { $0.retention.replacedKeyEpoch }) {
                try application.log.replacedEpochs().first?.replaced
            },
        ]
    }
}
