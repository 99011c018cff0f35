import Accounts
package import Events
package import GRDB

/// Since when something is held whose time the policy limits. When it is due is judged by the rules in force, at the query.
package enum RetentionSchedule: ReadModel {
    static let tables = """
        CREATE TABLE schedule(
          kind TEXT NOT NULL,
          id INTEGER NOT NULL,
          since INTEGER NOT NULL,
          PRIMARY KEY (kind, id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX schedule_by_age ON schedule(kind, since, id);
        CREATE TABLE sign_in_details(
          subject TEXT NOT NULL PRIMARY KEY,
          member INTEGER NOT NULL,
          since INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX sign_in_details_by_age ON sign_in_details(since);
        CREATE INDEX sign_in_details_by_member ON sign_in_details(member);
        """

    /// What a row of the schedule is about: a member, or a request for correction.
    package enum Kind: String, CaseIterable, Sendable {
        case unconfirmedSignUp = "unconfirmed-sign-up"
        case pendingReview = "pending-review"
        /// Since the last time that one signed in, came back or became a member.
        case activeAccount = "active-account"
        /// Since the suspension ended, which may be later than now.
        case deactivatedAccount = "deactivated-account"
        case closedAccount = "closed-account"
        case previousEmail = "previous-email"
        /// Since it was decided.
        case correction
    }

    static func apply(_ event: ProjectedEvent, to views: ViewWriter) throws {
        let recorded = event.recorded
        switch event.kind {
        case .accounts(let account): try apply(account, about: recorded, to: views)
        case .corrections(.decided):
            guard let id: CorrectionID = recorded.stream.id() else { return }
            try views.put(.correction, .id(id), since: recorded.time)
        case .erasure(let erasure): try erase(erasure.scope, from: views)
        case .corrections, .oversight, .forum, .other: break
        }
    }

    private static func apply(_ event: AccountEvent, about recorded: RecordedEvent, to views: ViewWriter) throws {
        if case .signedIn(let member, let origin, let time) = event {
            try views.put(.activeAccount, .id(member), since: time)
            guard origin.value.value != nil else { return }
            try views.run(
                "INSERT INTO sign_in_details VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                .text(origin.subject.description), .id(member), .time(time))
            return
        }
        guard let member: MemberID = recorded.stream.id() else { return }
        switch event {
        case .signedUp(_, at: let time): try views.put(.unconfirmedSignUp, .id(member), since: time)
        case .reviewRequested(_, at: let time):
            try views.drop([.unconfirmedSignUp], of: member)
            try views.put(.pendingReview, .id(member), since: time)
        case .confirmed(at: let time), .restored(at: let time), .returned(at: let time):
            try views.drop([.unconfirmedSignUp, .pendingReview, .closedAccount, .deactivatedAccount], of: member)
            try views.put(.activeAccount, .id(member), since: time)
        case .deactivated(let deactivation):
            try views.drop([.activeAccount], of: member)
            try views.put(.deactivatedAccount, .id(member), since: deactivation.until)
        case .closed(let closing):
            try views.drop([.activeAccount, .deactivatedAccount], of: member)
            try views.put(.closedAccount, .id(member), since: closing.at)
        case .emailChanged(at: let time): try views.put(.previousEmail, .id(member), since: time)
        case .emailChangeUndone, .emailChangeSettled: try views.drop([.previousEmail], of: member)
        case .purged: try views.drop(Kind.allCases.filter { $0 != .correction }, of: member)
        case .policyPublished, .policyInForce, .termsPublished, .termsInForce, .emailGiven, .municipalityDeclared,
            .passwordSet, .policyAccepted, .termsAccepted, .consentGiven, .consentWithdrawn, .newsletterAnswered,
            .usernameChanged, .signUpLapsed, .passwordResetRequested, .compromiseReported, .emailChangeRequested,
            .handlingSet, .identityCorrected, .textsChosen, .wayBackRequested, .appealed, .appealRejected, .unusedWarned,
            .purgeAnnounced, .signedIn, .signedOut, .roleGranted, .roleRevoked:
            break
        }
    }

    private static func erase(_ scope: Erasure.Scope, from views: ViewWriter) throws {
        switch scope {
        case .owner(let owner):
            guard let member = owner.id(MemberKind.self) else { return }
            try views.drop(Kind.allCases.filter { $0 != .correction }, of: member)
            try views.run("DELETE FROM sign_in_details WHERE member = ?", .id(member))
        case .kinds(let kinds, let owner):
            guard kinds.contains(.signIn), let member = owner.id(MemberKind.self) else { return }
            try views.run("DELETE FROM sign_in_details WHERE member = ?", .id(member))
        case .subjects(let subjects):
            for subject in subjects where subject.kind == .signIn {
                try views.run("DELETE FROM sign_in_details WHERE subject = ?", .text(subject.description))
            }
        }
    }
}

extension ViewWriter {
    fileprivate func put(_ kind: RetentionSchedule.Kind, _ id: SQLValue, since time: Instant) throws {
        try run(
            "INSERT INTO schedule VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET since = excluded.since",
            .text(kind.rawValue), id, .time(time))
    }

    fileprivate func drop(_ kinds: [RetentionSchedule.Kind], of member: MemberID) throws {
        for kind in kinds {
            try run("DELETE FROM schedule WHERE kind = ? AND id = ?", .text(kind.rawValue), .id(member))
        }
    }
}

extension RetentionSchedule {
    package struct Entry<Kind: IdentifierKind>: Sendable {
        package let id: Identifier<Kind>
        package let since: Instant
    }

    /// The oldest first.
    package static func oldest<ID>(
        _ kind: Kind, limit: Int, as type: ID.Type = ID.self, in database: Database
    ) throws -> [Entry<ID>] {
        try Row.fetchAll(
            database.cachedStatement(
                sql: "SELECT id, since FROM schedule WHERE kind = ? ORDER BY since, id LIMIT ?"),
            arguments: [kind.rawValue, limit]
        ).map { Entry(id: Identifier(column: $0[0]), since: Instant(milliseconds: $0[1])) }
    }

    package static func count(_ kind: Kind, in database: Database) throws -> Int {
        try Int.fetchOne(database, sql: "SELECT count(*) FROM schedule WHERE kind = ?", arguments: [kind.rawValue]) ?? 0
    }

    /// What is known of signings in, the oldest first.
    package static func oldestSignIns(limit: Int, in database: Database) throws -> [(subject: Subject, since: Instant)] {
        try Row.fetchAll(
            database.cachedStatement(sql: "SELECT subject, since FROM sign_in_details ORDER BY since, subject LIMIT ?"),
            arguments: [limit]
        ).compactMap { row in
            Subject(row[0] as String).map { (subject: $0, since: Instant(milliseconds: row[1])) }
        }
    }
}
