import Accounts
package import Events
import Projections

/// How many persons' data are retained for a limited time, and how old the oldest is, for publication: no figure covers fewer persons than
/// the policy's minimum (P-08.3).
///
/// Data older than its limit is left out whatever the reason, so that the figures never reveal a legal hold (P-10.1).
package struct RetainedFigures: Sendable {
    package enum Kind: CaseIterable, Sendable {
        case visits, signIns, replacedAddresses, closedAccounts
    }

    package struct Line: Sendable {
        package let kind: Kind
        package let limit: Period
        /// Nil if there is none, or too few persons to publish.
        package let retained: Retained?

        package init(kind: Kind, limit: Period, retained: Retained?) {
            self.kind = kind
            self.limit = limit
            self.retained = retained
        }
    }

    package struct Retained: Sendable {
        package let persons: Int
        package let oldest: CalendarDate

        package init(persons: Int, oldest: CalendarDate) {
            self.persons = persons
            self.oldest = oldest
        }
    }

    package let minimum: Int
    package let lines: [Line]

    package init(_ application: Application, _ visits: VisitLog?, at now: Instant) throws {
        let policies = try application.accounts.policies()
        let rules = try application.accounts.policyInForce(at: now).rules
        minimum = rules.minimumCount
        lines = try Kind.allCases.map { kind in
            let since = policies.limit(judgedAt: now, kind.limit) ?? now
            let retained: RetentionSchedule.Retained =
                switch kind {
                case .visits: try visits?.addresses(since: since) ?? RetentionSchedule.Retained(persons: 0, oldest: nil)
                case .signIns:
                    try application.views.retention.retained(by: .signIn, since: since, until: now)
                case .replacedAddresses:
                    try application.views.retention.retained(.previousEmail, since: since, until: now)
                case .closedAccounts:
                    try application.views.retention.retained(.closedAccount, since: since, until: now)
                }
            return Line(
                kind: kind, limit: kind.limit(rules.retention),
                retained: Retained(retained, minimum: rules.minimumCount))
        }
    }
}

extension RetainedFigures.Kind {
    fileprivate func limit(_ rules: RetentionRules) -> Period {
        switch self {
        case .visits: rules.visitLog
        case .signIns: rules.signInDetails
        case .replacedAddresses: rules.emailUndo
        case .closedAccounts: rules.closedAccount
        }
    }

    package var words: String {
        switch self {
        case .visits: "Besökare med IP-adress i besöksloggen"
        case .signIns: "Medlemmar med sparade inloggningar och deras IP-adresser"
        case .replacedAddresses: "Utbytta e-postadresser som kan återtas"
        case .closedAccounts: "Avslutade konton som väntar på radering"
        }
    }
}

extension RetainedFigures.Retained {
    fileprivate init?(_ retained: RetentionSchedule.Retained, minimum: Int) {
        guard retained.persons >= minimum, let oldest = retained.oldest else { return nil }
        self.init(persons: retained.persons, oldest: oldest.stockholmDate)
    }
}
