import Accounts
import Events

/// The current members with what others may see of them, and nothing else: the member directory and the profile.
///
/// A member who has left, or is suspended, has no row, so that every other view finds no name for her. No view holds birth dates.
package enum MemberDirectory: ReadModel {
    static let version = 1

    static let tables = """
        CREATE TABLE members(
          id INTEGER PRIMARY KEY,
          identity TEXT NOT NULL,
          username TEXT NOT NULL,
          folded TEXT NOT NULL,
          sort_key TEXT NOT NULL,
          name TEXT,
          name_key TEXT,
          shows_age_and_sex INTEGER NOT NULL,
          municipality_subject TEXT,
          municipality TEXT,
          joined INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE member_roles(member INTEGER NOT NULL, role TEXT NOT NULL, PRIMARY KEY (member, role)) STRICT, WITHOUT ROWID;
        CREATE INDEX members_by_identity ON members(identity);
        """

    static let indices = """
        CREATE INDEX members_by_name ON members(sort_key, id);
        CREATE INDEX members_by_username ON members(folded);
        CREATE INDEX members_by_municipality_subject ON members(municipality_subject);
        """

    static let sources: Set<ProjectedEvent.Source> = [.accounts, .erasure]

    static func apply(_ event: ProjectedEvent, to views: ViewWriter) throws {
        switch event.kind {
        case .accounts(.staff(.roleGranted(let role, let member))):
            try views.run(
                "INSERT INTO member_roles VALUES (?, ?) ON CONFLICT DO NOTHING", .id(member), .text(role.rawValue))
        case .accounts(.staff(.roleRevoked(let role, let member))):
            try views.run("DELETE FROM member_roles WHERE member = ? AND role = ?", .id(member), .text(role.rawValue))
        case .accounts(.member(let account)):
            guard let id = event.member else { return }
            guard isShownOtherwise(after: account) else {
                views.members.follow(id, account, event.recorded)
                return
            }
            try show(views.members.member(id, after: account, event.recorded), id, in: views)
        case .erasure(let erasure):
            views.members.forget(erasure.scope)
            try erase(erasure.scope, from: views)
        case .accounts, .corrections, .oversight, .forum, .conversations, .notifications, .cases, .mail, .newsletter,
            .other:
            break
        }
    }

    /// Whether an event changes what others see of its member.
    private static func isShownOtherwise(after event: MemberEvent) -> Bool {
        switch event {
        case .registration(.confirmed), .closing(.restored), .closing(.returned), .closing(.closed),
            .closing(.deactivated), .closing(.purged), .profile:
            true
        case .consent(.given(let purpose, form: _)), .consent(.withdrawn(let purpose)): purpose.isVisibility
        // The fields that a policy version shows are the same for a whole generation (`ViewWriter.shown`).
        case .registration(.signedUp), .registration(.signUpLapsed), .registration(.reviewRequested),
            .registration(.reviewApproved), .registration(.reviewRejected), .consent(.policyAccepted),
            .consent(.termsAccepted), .consent(.newsletterAnswered), .consent(.mailChoiceSet), .closing(.textsChosen),
            .closing(.restoreLinkRequested), .closing(.appealed), .closing(.appealRejected), .closing(.unusedWarned),
            .closing(.purgeAnnounced), .email, .password, .twoFactor:
            false
        }
    }

    /// Replaces the row by the member's state as of the event, so that the view holds no hidden value.
    private static func show(_ member: Member, _ id: MemberID, in views: ViewWriter) throws {
        try views.run("DELETE FROM members WHERE id = ?", .id(id))
        guard views.shows(.username, of: member), let account = member.account,
            let identity = account.identity.value.value
        else { return }
        let name = views.shows(.name, of: member) ? identity.name : nil
        let municipality = views.shows(.municipality, of: member) ? account.municipality : nil
        let code = municipality?.value.value?.code
        try views.run(
            "INSERT INTO members VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", .id(id),
            .text(account.identity.subject.description), .text(identity.username.text),
            .text(identity.username.text.lowercased()), .text(SwedishOrder.key(identity.username.text)),
            .optional(name?.text), .optional(name.map { SwedishOrder.key($0.text) }),
            .bool(views.shows(.age, of: member) && views.shows(.sex, of: member)),
            // Without a value the subject is null too: nothing distinguishes a protected municipality from an unknown one.
            .optional(code == nil ? nil : municipality?.subject.description), .optional(code),
            .time(account.confirmedAt ?? account.signedUpAt))
    }

    private static func erase(_ scope: Erasure.Scope, from views: ViewWriter) throws {
        switch scope {
        case .owner(let owner):
            guard let member = owner.id(MemberKind.self) else { return }
            try remove(member, from: views)
        case .kinds(let kinds, let owner):
            guard let member = owner.id(MemberKind.self) else { return }
            if kinds.contains(.identity) { try remove(member, from: views) }
            if kinds.contains(.municipality) {
                try views.run(
                    "UPDATE members SET municipality = NULL, municipality_subject = NULL WHERE id = ?",
                    .id(member))
            }
        case .subjects(let subjects):
            // A member without a name is not shown as a member.
            for subject in subjects where subject.kind == .identity {
                try views.run("DELETE FROM members WHERE identity = ?", .text(subject.description))
            }
            for subject in subjects where subject.kind == .municipality {
                try views.run(
                    "UPDATE members SET municipality = NULL, municipality_subject = NULL WHERE municipality_subject = ?",
                    .text(subject.description))
            }
        }
    }

    /// Deletes by the member's id: in a rebuild after the erasure of the identity there is no `members` row to find the roles by.
    private static func remove(_ member: MemberID, from views: ViewWriter) throws {
        try views.run("DELETE FROM member_roles WHERE member = ?", .id(member))
        try views.run("DELETE FROM members WHERE id = ?", .id(member))
    }
}

extension ViewWriter {
    fileprivate func shows(_ field: ProfileField, of member: Member) -> Bool {
        shown?.contains(field) != false && VisibilityMatrix.isShown(field, of: member.visibility(of: field))
    }
}
