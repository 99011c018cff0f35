import Accounts
package import Events
package import Projections

/// What is held for a time only, and ends by an event. In the order in which it is done.
package enum RetentionRule: String, CaseIterable, Sendable {
    case unconfirmedSignUp = "unconfirmed-sign-up"
    case pendingReview = "pending-review"
    case previousEmail = "previous-email"
    case signInDetails = "sign-in-details"
    case formerStaffName = "former-staff-name"
    case correction
    case supportCase = "support-case"
    case correctionCase = "correction-case"
    case reportCase = "report-case"
    case disputeCase = "dispute-case"
    case rightsCase = "rights-case"
    case unusedAccount = "unused-account"
    case deactivatedAccount = "deactivated-account"
    case purgeNotice = "purge-notice"
    case closedAccount = "closed-account"
    case abandonedConversation = "abandoned-conversation"

    /// Where it is listed by age.
    package var list: List {
        switch self {
        case .unconfirmedSignUp: .members(.unconfirmedSignUp)
        case .pendingReview: .members(.pendingReview)
        case .previousEmail: .members(.previousEmail)
        case .signInDetails: .subjects(.signIn)
        case .formerStaffName: .staffNames
        case .correction: .subjects(.correction)
        case .supportCase: .members(.supportCase)
        case .correctionCase: .members(.correctionCase)
        case .reportCase: .members(.reportCase)
        case .disputeCase: .members(.disputeCase)
        case .rightsCase: .members(.rightsCase)
        case .unusedAccount: .members(.activeAccount)
        case .deactivatedAccount: .members(.deactivatedAccount)
        case .purgeNotice, .closedAccount: .members(.closedAccount)
        case .abandonedConversation: .members(.abandonedConversation)
        }
    }

    package enum List {
        case members(RetentionSchedule.Kind)
        case subjects(RetentionSchedule.SubjectRule)
        /// They are few, and stand in one stream.
        case staffNames
    }
}

/// Something whose time is out.
package struct RetentionDue: Sendable {
    package let rule: RetentionRule
    /// A member's, a request's or a subject's id.
    package let id: String
    package let since: Instant
    package let due: Instant
}

/// What a run has done.
package struct RetentionRun: Sendable {
    package var done: [RetentionRule: Int] = [:]
    /// What was due and could not be done.
    package var failed: [RetentionRule: Int] = [:]
    package var side: [SideRule: Int] = [:]
}
