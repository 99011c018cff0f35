package import Accounts
package import Events
package import GRDB

/// Who is a member, by the name that everybody may see, and where: the member directory and the profile.
package enum MemberDirectory: ReadModel {
    static let tables = """
        CREATE TABLE members(
          id INTEGER PRIMARY KEY,
          is_active INTEGER NOT NULL DEFAULT 0,
          identity TEXT,
          username TEXT,
          folded TEXT,
          sort_key TEXT,
          municipality_subject TEXT,
          municipality TEXT,
          joined INTEGER
        ) STRICT;
        CREATE INDEX members_by_name ON members(sort_key, id) WHERE is_active;
        CREATE INDEX members_by_username ON members(folded) WHERE is_active;
        CREATE TABLE member_roles(member INTEGER NOT NULL, role TEXT NOT NULL, PRIMARY KEY (member, role)) STRICT, WITHOUT ROWID;
        """

    static func apply(_ event: ProjectedEvent, to views: ViewWriter) throws {
        switch event.kind {
        case .accounts(let account): try apply(account, about: event.recorded, to: views)
        case .erasure(let erasure): try erase(erasure.scope, from: views)
        case .corrections, .oversight, .forum, .other: break
        }
    }

    private static func apply(_ event: AccountEvent, about recorded: RecordedEvent, to views: ViewWriter) throws {
        switch event {
        case .roleGranted(let role, let member):
            try views.run(
                "INSERT INTO member_roles VALUES (?, ?) ON CONFLICT DO NOTHING", .id(member), .text(role.rawValue))
        case .roleRevoked(let role, let member):
            try views.run("DELETE FROM member_roles WHERE member = ? AND role = ?", .id(member), .text(role.rawValue))
        case .signedUp(let identity, at: _):
            guard let member: MemberID = recorded.stream.id() else { return }
            try views.run(
                "INSERT INTO members(id, identity) VALUES (?, ?)", .id(member), .text(identity.subject.description))
            try rename(member, to: identity.value.value?.username, in: views)
        case .usernameChanged(let username):
            guard let member: MemberID = recorded.stream.id() else { return }
            try rename(member, to: username.value.value, in: views)
        case .municipalityDeclared(let municipality):
            guard let member: MemberID = recorded.stream.id() else { return }
            try views.run(
                "UPDATE members SET municipality = ?, municipality_subject = ? WHERE id = ?",
                .optional(municipality.value.value?.code), .text(municipality.subject.description), .id(member))
        case .confirmed(at: let time):
            guard let member: MemberID = recorded.stream.id() else { return }
            try views.run("UPDATE members SET is_active = 1, joined = ? WHERE id = ?", .time(time), .id(member))
        case .closed, .deactivated, .purged:
            guard let member: MemberID = recorded.stream.id() else { return }
            try views.run("UPDATE members SET is_active = 0 WHERE id = ?", .id(member))
        case .restored, .returned:
            guard let member: MemberID = recorded.stream.id() else { return }
            try views.run("UPDATE members SET is_active = 1 WHERE id = ?", .id(member))
        case .policyPublished, .policyInForce, .termsPublished, .termsInForce, .emailGiven, .passwordSet,
            .policyAccepted, .termsAccepted, .consentGiven, .consentWithdrawn, .newsletterAnswered, .mailChoiceSet,
            .reviewRequested,
            .signUpLapsed, .passwordResetRequested, .compromiseReported, .emailChangeRequested, .emailChanged,
            .emailChangeUndone, .emailChangeSettled, .handlingSet, .identityCorrected, .textsChosen, .wayBackRequested,
            .appealed,
            .appealRejected, .unusedWarned, .purgeAnnounced, .signedIn, .signedOut,
            .reviewApproved, .reviewRejected:
            break
        }
    }

    private static func rename(_ member: MemberID, to username: Username?, in views: ViewWriter) throws {
        try views.run(
            "UPDATE members SET username = ?, folded = ?, sort_key = ? WHERE id = ?", .optional(username?.text),
            .optional(username?.text.lowercased()), .optional(username.map { SwedishOrder.key($0.text) }), .id(member))
    }

    private static func erase(_ scope: Erasure.Scope, from views: ViewWriter) throws {
        switch scope {
        case .owner(let owner):
            guard let member = owner.id(MemberKind.self) else { return }
            try eraseIdentity(where: "id = ?", .id(member), from: views)
            try views.run("UPDATE members SET municipality = NULL WHERE id = ?", .id(member))
        case .kinds(let kinds, let owner):
            guard let member = owner.id(MemberKind.self) else { return }
            if kinds.contains(.identity) { try eraseIdentity(where: "id = ?", .id(member), from: views) }
            if kinds.contains(.municipality) {
                try views.run("UPDATE members SET municipality = NULL WHERE id = ?", .id(member))
            }
        case .subjects(let subjects):
            for subject in subjects where subject.kind == .identity {
                try eraseIdentity(where: "identity = ?", .text(subject.description), from: views)
            }
            for subject in subjects where subject.kind == .municipality {
                try views.run(
                    "UPDATE members SET municipality = NULL WHERE municipality_subject = ?", .text(subject.description))
            }
        }
    }

    /// Whoever has no name any more is not shown as a member.
    private static func eraseIdentity(where condition: String, _ value: SQLValue, from views: ViewWriter) throws {
        try views.run(
            "UPDATE members SET username = NULL, folded = NULL, sort_key = NULL, is_active = 0 WHERE \(condition)",
            value)
    }
}

/// A member as others may see one. Without a username it is a former member.
package struct PublicMember: Hashable, Sendable {
    package let id: MemberID
    package let username: String?

    package init(id: MemberID, username: String?) {
        self.id = id
        self.username = username
    }
}

extension MemberDirectory {
    package static let pageSize = 40

    package struct Entry: Sendable {
        package let member: PublicMember
        package let municipality: Municipality?
        package let joined: Instant
    }

    package struct Listing: Sendable {
        package let entries: [Entry]
        package let count: Int
    }

    package struct Filter: Sendable {
        /// Part of a username.
        package var name: String?
        package var municipality: Municipality?
        package var county: String?

        package init(name: String? = nil, municipality: Municipality? = nil, county: String? = nil) {
            self.name = name
            self.municipality = municipality
            self.county = county
        }
    }

    package struct Profile: Sendable {
        package let entry: Entry
        package let roles: [Role]
        package let posts: Int
    }

    /// One page of the active members whose visible data match, in Swedish order.
    package static func list(_ filter: Filter, page: Int, in database: Database) throws -> Listing {
        var conditions = ["is_active"]
        var arguments: [any DatabaseValueConvertible] = []
        if let name = filter.name, !name.isEmpty {
            conditions.append("instr(sort_key, ?) > 0")
            arguments.append(SwedishOrder.key(name))
        }
        if filter.municipality != nil || filter.county != nil {
            let codes = (filter.municipality.map { [$0] } ?? Municipality.all)
                .filter { filter.county == nil || $0.county == filter.county }.map(\.code)
            conditions.append("municipality IN (\(codes.map { _ in "?" }.joined(separator: ", ")))")
            arguments += codes
        }
        let matching = "FROM members WHERE \(conditions.joined(separator: " AND "))"
        let count =
            try Int.fetchOne(database, sql: "SELECT count(*) \(matching)", arguments: StatementArguments(arguments))
            ?? 0
        let rows = try Row.fetchAll(
            database,
            sql:
                "SELECT id, username, municipality, joined \(matching) ORDER BY sort_key, id LIMIT \(pageSize) OFFSET ?",
            arguments: StatementArguments(arguments + [(page - 1) * pageSize]))
        return Listing(entries: rows.map(Entry.init), count: count)
    }

    /// Nil for whoever is not an active member.
    package static func profile(_ member: MemberID, in database: Database) throws -> Profile? {
        let row = try Row.fetchOne(
            database.cachedStatement(
                sql: "SELECT id, username, municipality, joined FROM members WHERE id = ? AND is_active"),
            arguments: [member.column])
        guard let row else { return nil }
        let posts = try Int.fetchOne(
            database, sql: "SELECT count(*) FROM posts WHERE author = ? AND state = 'visible'",
            arguments: [member.column])
        return Profile(entry: Entry(row), roles: try roles(of: member, in: database), posts: posts ?? 0)
    }

    package static func roles(of member: MemberID, in database: Database) throws -> [Role] {
        try String.fetchAll(
            database.cachedStatement(sql: "SELECT role FROM member_roles WHERE member = ? ORDER BY role"),
            arguments: [member.column]
        ).compactMap(Role.init)
    }

    /// The active member with that username, whatever its case.
    package static func find(username: String, in database: Database) throws -> MemberID? {
        try Int64.fetchOne(
            database.cachedStatement(sql: "SELECT id FROM members WHERE folded = ? AND is_active"),
            arguments: [username.lowercased()]
        ).map(MemberID.init(column:))
    }

    /// The usernames of those who are active members.
    package static func usernames(of members: [MemberID], in database: Database) throws -> [MemberID: String] {
        var names: [MemberID: String] = [:]
        for member in Set(members) { names[member] = try username(of: member, in: database) }
        return names
    }

    package static func username(of member: MemberID, in database: Database) throws -> String? {
        try String.fetchOne(
            database.cachedStatement(sql: "SELECT username FROM members WHERE id = ? AND is_active"),
            arguments: [member.column])
    }
}

extension MemberDirectory.Entry {
    fileprivate init(_ row: Row) {
        member = PublicMember(id: MemberID(column: row[0]), username: row[1])
        municipality = (row[2] as String?).flatMap(Municipality.init(code:))
        joined = Instant(milliseconds: row[3] ?? 0)
    }
}
