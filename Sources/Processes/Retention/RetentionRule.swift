import Accounts
package import Events
package import Projections

/// The rules for data in the log that is retained for a limited time and ends by an event, in the order in which they are applied.
package enum RetentionRule: String, CaseIterable, Sendable {
    case unconfirmedSignUp = "unconfirmed-sign-up"
    case pendingReview = "pending-review"
    case duplicateAccount = "duplicate-account"
    case previousEmail = "previous-email"
    case signInDetails = "sign-in-details"
    case formerStaffName = "former-staff-name"
    case correction
    case supportCase = "support-case"
    case correctionCase = "correction-case"
    case reportCase = "report-case"
    case disputeCase = "dispute-case"
    case rightsCase = "rights-case"
    /// Ends a case whose party does not answer the staff.
    case waitingCase = "waiting-case"
    case unusedAccount = "unused-account"
    case deactivatedAccount = "deactivated-account"
    case purgeNotice = "purge-notice"
    case closedAccount = "closed-account"
    case endedDuplicate = "ended-duplicate"
    case abandonedConversation = "abandoned-conversation"
    case deletedPost = "deleted-post"
    case deletedRevision = "deleted-revision"
    case deletedMessage = "deleted-message"

    /// The list that holds the rule's items by age.
    package var list: List {
        switch self {
        case .unconfirmedSignUp: .members(.unconfirmedSignUp)
        case .pendingReview: .members(.pendingReview)
        case .duplicateAccount: .members(.duplicateAccount)
        case .endedDuplicate: .members(.endedDuplicate)
        case .previousEmail: .members(.previousEmail)
        case .signInDetails: .subjects(.signIn)
        case .formerStaffName: .staffNames
        case .correction: .subjects(.correction)
        case .supportCase: .members(.supportCase)
        case .correctionCase: .members(.correctionCase)
        case .reportCase: .members(.reportCase)
        case .disputeCase: .members(.disputeCase)
        case .rightsCase: .members(.rightsCase)
        case .waitingCase: .members(.waitingCase)
        case .unusedAccount: .members(.activeAccount)
        case .deactivatedAccount: .members(.deactivatedAccount)
        case .purgeNotice, .closedAccount: .members(.closedAccount)
        case .abandonedConversation: .members(.abandonedConversation)
        case .deletedPost: .members(.deletedPost)
        case .deletedRevision: .members(.deletedRevision)
        case .deletedMessage: .members(.deletedMessage)
        }
    }

    package enum List {
        case members(RetentionSchedule.Kind)
        case subjects(RetentionSchedule.SubjectRule)
        /// Former staff names are few, and are in one stream.
        case staffNames
    }
}

/// An item whose retention time is over.
package struct RetentionDue: Sendable {
    package let rule: RetentionRule
    /// The id of a member, a request or a subject.
    package let id: String
    package let since: Instant
    package let due: Instant
}

/// The result of a run.
package struct RetentionRun: Sendable {
    package var done: [RetentionRule: Int] = [:]
    /// Items that were due but failed.
    package var failed: [RetentionRule: Int] = [:]
    package var side: [SideRule: Int] = [:]
    /// True when the keys could not be replaced or destroyed.
    package var keysFailed = false
    /// Erasures that a legal hold had deferred, made after its end.
    package var deferred = 0
    /// Legal holds and proposals for holds that had run out of time.
    package var holdsEnded = 0
}
