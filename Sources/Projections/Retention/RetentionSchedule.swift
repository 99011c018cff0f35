import Accounts
import Events
import Forum

/// Since when data is retained that the policy sets a time limit for; queries judge by the rules in force when it is due.
package enum RetentionSchedule: ReadModel {
    static let version = 5

    static let tables = """
        CREATE TABLE schedule(
          kind TEXT NOT NULL,
          id INTEGER NOT NULL,
          since INTEGER NOT NULL,
          PRIMARY KEY (kind, id)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE held_subjects(
          -- The number in the subject's name; its kind follows from `kind`.
          subject INTEGER PRIMARY KEY,
          kind TEXT NOT NULL,
          id INTEGER NOT NULL,
          owner INTEGER NOT NULL,
          since INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX held_subjects_by_owner ON held_subjects(owner);
        -- Members of whom nothing is erased.
        CREATE TABLE legal_holds(member INTEGER PRIMARY KEY) STRICT;
        CREATE TABLE case_retention(id INTEGER PRIMARY KEY, kind TEXT NOT NULL) STRICT;
        -- Participants whose accounts are not erased, including those who left the conversation.
        CREATE TABLE conversation_retention(
          member INTEGER NOT NULL,
          conversation INTEGER NOT NULL,
          PRIMARY KEY (member, conversation)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX conversation_retention_by_conversation ON conversation_retention(conversation);
        -- Deleted messages that are not erased.
        CREATE TABLE message_deletions(message INTEGER PRIMARY KEY, conversation INTEGER NOT NULL) STRICT;
        CREATE INDEX message_deletions_by_conversation ON message_deletions(conversation);
        -- Earlier revisions of posts that are deleted and not erased.
        CREATE TABLE revision_deletions(
          post INTEGER NOT NULL,
          revision INTEGER NOT NULL,
          since INTEGER NOT NULL,
          PRIMARY KEY (post, revision)
        ) STRICT, WITHOUT ROWID;
        """

    static let indices = """
        CREATE INDEX schedule_by_age ON schedule(kind, since, id);
        CREATE INDEX held_subjects_by_age ON held_subjects(kind, since, subject);
        """

    /// Data about a member that is retained for a limited time.
    package enum Kind: String, CaseIterable, Sendable {
        case unconfirmedSignUp = "unconfirmed-sign-up"
        case pendingReview = "pending-review"
        /// Since the member last signed in, came back or became a member.
        case activeAccount = "active-account"
        /// Since the suspension ended, which may be later than now.
        case deactivatedAccount = "deactivated-account"
        case closedAccount = "closed-account"
        /// Since the account is without its number, which is another account's; listed until it is erased or gets the number.
        case duplicateAccount = "duplicate-account"
        /// Since such an account was closed for it.
        case endedDuplicate = "ended-duplicate"
        case previousEmail = "previous-email"
        /// Since the case was closed.
        case supportCase = "support-case"
        case correctionCase = "correction-case"
        case reportCase = "report-case"
        case disputeCase = "dispute-case"
        case rightsCase = "rights-case"
        /// Since the staff asked the party of an open case, which ends if she does not answer.
        case waitingCase = "waiting-case"
        /// Since its last participant was erased.
        case abandonedConversation = "abandoned-conversation"
        /// Since its author deleted it.
        case deletedPost = "deleted-post"
        case deletedMessage = "deleted-message"
        /// The id is the post's, the time that of its revision that was deleted first.
        case deletedRevision = "deleted-revision"
    }

    /// Data that is retained for a limited time independently of the member's account.
    package enum SubjectRule: String, CaseIterable, Sendable {
        case signIn = "sign-in"
        /// Since it was decided.
        case correction

        var subjectKind: SubjectKind {
            switch self {
            case .signIn: .signIn
            case .correction: .statement
            }
        }
    }

    static let sources: Set<ProjectedEvent.Source> = [
        .accounts, .corrections, .oversight, .erasure, .cases, .conversations, .forum,
    ]

    static func apply(_ event: ProjectedEvent, to views: ViewWriter) throws {
        let recorded = event.recorded
        switch event.kind {
        case .accounts(let account):
            try apply(account, about: event.member, at: recorded.time, to: views)
            if case .member(.closing(.purged)) = account, let member = event.member {
                try leaveConversations(member, at: recorded.time, in: views)
            }
        case .conversations(let conversation): try apply(conversation, at: recorded.time, to: views)
        case .forum(.post(let post)): try apply(post, at: recorded.time, to: views)
        case .corrections(.decided(let decision)):
            guard let id: CorrectionID = recorded.stream.id(), decision.reason.value != .erased,
                let member = decision.reason.owner.id(MemberKind.self)
            else { return }
            try views.hold(decision.reason.subject, by: .correction, .id(id), of: member, since: recorded.time)
        case .erasure(let erasure): try erase(erasure.scope, from: views)
        case .cases(let change): try apply(change, in: recorded, to: views)
        case .oversight(.holdPlaced), .oversight(.holdConfirmed):
            guard let member = MemberID(ofDataIn: recorded.stream) else { return }
            try views.run("INSERT INTO legal_holds VALUES (?) ON CONFLICT DO NOTHING", .id(member))
        case .oversight(.holdLifted):
            guard let member = MemberID(ofDataIn: recorded.stream) else { return }
            try views.run("DELETE FROM legal_holds WHERE member = ?", .id(member))
        case .corrections, .oversight, .forum, .notifications, .mail, .newsletter, .other: break
        }
    }

    private static func apply(
        _ event: AccountEvent, about member: MemberID?, at time: Instant, to views: ViewWriter
    ) throws {
        if case .signIn(.signedIn(let member, let origin)) = event {
            views.lastUses[member] = time
            guard origin.value != .erased else { return }
            return try views.hold(origin.subject, by: .signIn, .id(member), of: member, since: time)
        }
        if case .security(.noticed(let notice)) = event {
            guard notice.origin.value != .erased else { return }
            // Without an account, no hold covers it.
            let owner = notice.member ?? MemberID(rawValue: 0)
            return try views.hold(notice.origin.subject, by: .signIn, .id(owner), of: owner, since: time)
        }
        guard case .member(let event) = event, let member else { return }
        switch event {
        case .registration(.signedUp): try views.put(.unconfirmedSignUp, .id(member), since: time)
        case .registration(.reviewRequested):
            try views.drop([.unconfirmedSignUp], of: member)
            try views.put(.pendingReview, .id(member), since: time)
        case .registration(.reviewRejected):
            // Retained for the same time as an unconfirmed sign-up: the mail about the rejection must go out.
            try views.drop([.pendingReview], of: member)
            try views.put(.unconfirmedSignUp, .id(member), since: time)
        case .registration(.confirmed(let standing)):
            try views.drop([.unconfirmedSignUp, .pendingReview], of: member)
            views.lastUses[member] = time
            if standing == .anothers { try views.put(.duplicateAccount, .id(member), since: time) }
        case .profile(.numberSet(let move)):
            switch move.standing {
            case .held: try views.drop([.duplicateAccount], of: member)
            case .anothers: try views.put(.duplicateAccount, .id(member), since: time)
            }
        case .closing(.restored), .closing(.returned):
            try views.drop([.closedAccount, .endedDuplicate, .deactivatedAccount], of: member)
            views.lastUses[member] = time
        case .closing(.deactivated(let decision)):
            try views.drop([.activeAccount], of: member)
            try views.put(.deactivatedAccount, .id(member), since: decision.until)
        case .closing(.closed(let decision)):
            try views.drop([.activeAccount, .deactivatedAccount], of: member)
            try views.put(decision.cause == .duplicate ? .endedDuplicate : .closedAccount, .id(member), since: time)
        case .email(.changed): try views.put(.previousEmail, .id(member), since: time)
        case .email(.changeUndone), .email(.changeCompleted): try views.drop([.previousEmail], of: member)
        case .closing(.purged): try views.drop(Kind.allCases, of: member)
        case .registration(.reviewApproved), .registration(.signUpLapsed), .email(.given), .email(.changeRequested),
            .closing(.textsChosen), .closing(.restoreLinkRequested), .closing(.appealed), .closing(.appealRejected),
            .closing(.unusedWarned), .closing(.purgeAnnounced), .profile(.municipalityDeclared),
            .profile(.municipalityWithdrawn),
            .profile(.usernameChanged),
            .profile(.identityProtectionSet), .profile(.identityCorrected), .profile(.numberUsed), .consent, .password,
            .twoFactor:
            break
        }
    }

    /// Writes only the last use of each account.
    static func flush(_ views: ViewWriter) throws {
        for (member, time) in views.lastUses.takeAll() { try views.put(.activeAccount, .id(member), since: time) }
    }

    private static func erase(_ scope: Erasure.Scope, from views: ViewWriter) throws {
        switch scope {
        case .owner(let owner):
            if let file = owner.id(CaseKind.self) { try views.forget(file) }
            guard let member = owner.id(MemberKind.self) else { return }
            try views.drop(Kind.allCases, of: member)
            try views.run("DELETE FROM held_subjects WHERE owner = ?", .id(member))
        case .kinds(let kinds, let owner):
            guard let member = owner.id(MemberKind.self) else { return }
            for rule in SubjectRule.allCases where kinds.contains(rule.subjectKind) {
                try views.run(
                    "DELETE FROM held_subjects WHERE owner = ? AND kind = ?", .id(member), .text(rule.rawValue))
            }
        case .subjects(let subjects):
            for subject in subjects where SubjectRule.allCases.contains(where: { $0.subjectKind == subject.kind }) {
                try views.run("DELETE FROM held_subjects WHERE subject = ?", subject.column)
            }
        }
    }
}

extension Subject {
    fileprivate var column: SQLValue { .id(id(MemberKind.self)) }
}

extension ViewWriter {
    func put(_ kind: RetentionSchedule.Kind, _ id: SQLValue, since time: Instant) throws {
        try run(
            "INSERT INTO schedule VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET since = excluded.since",
            .text(kind.rawValue), id, .time(time))
    }

    fileprivate func hold(
        _ subject: Subject, by rule: RetentionSchedule.SubjectRule, _ id: SQLValue, of member: MemberID,
        since time: Instant
    ) throws {
        try run(
            "INSERT INTO held_subjects(subject, kind, id, owner, since) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            subject.column, .text(rule.rawValue), id, .id(member), .time(time))
    }

    fileprivate func drop(_ kinds: [RetentionSchedule.Kind], of member: MemberID) throws {
        if kinds.contains(.activeAccount) { lastUses[member] = nil }
        for kind in kinds {
            try run("DELETE FROM schedule WHERE kind = ? AND id = ?", .text(kind.rawValue), .id(member))
        }
    }
}
