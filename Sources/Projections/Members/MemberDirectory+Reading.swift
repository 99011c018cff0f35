package import Accounts
package import Events
package import GRDB

/// A member as others may see one. Without a username it is a former member.
package struct PublicMember: Hashable, Sendable {
    package let id: MemberID
    package let username: String?
    /// The role that readers should know of: administrator or moderator.
    package let role: Role?

    package init(id: MemberID, username: String?, role: Role? = nil) {
        self.id = id
        self.username = username
        self.role = role
    }

    /// - Parameter role: as `roleColumn` gives it.
    init(_ id: Int64, _ username: String?, role: String?) {
        self.init(id: MemberID(column: id), username: username, role: role.flatMap(Role.init))
    }

    /// Where `members` is joined.
    static let roleColumn = """
        (SELECT min(role) FROM member_roles r
         WHERE r.member = members.id AND role IN ('administrator', 'moderator'))
        """

    /// A present member, or one of whom nothing is to be seen any more: why, the views do not know.
    package var state: PersonState { username == nil ? .closed : .active }
}

extension MemberDirectory {
    package static let pageSize = 40

    package struct Entry: Sendable {
        package let member: PublicMember
        /// Nil unless the member shows it.
        package let name: String?
        package let municipality: Municipality?
        package let joined: Instant
    }

    package struct Listing: Sendable {
        package let entries: [Entry]
        package let count: Int

        package static let empty = Listing(entries: [], count: 0)
    }

    package struct Filter: Sendable {
        /// Parts of a username, or of a name that is shown.
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
        package let showsAgeAndSex: Bool
    }

    /// When a present member joined.
    package static func joined(_ id: MemberID, in database: Database) throws -> Instant? {
        try Int64.fetchOne(database, sql: "SELECT joined FROM members WHERE id = ?", arguments: [id.column])
            .map { Instant(milliseconds: $0) }
    }

    private static let columns =
        "id, username, name, municipality, joined, shows_age_and_sex, \(PublicMember.roleColumn)"

    /// One page of the members whose data match, as far as they are seen from a viewpoint, in Swedish order.
    package static func list(
        _ filter: Filter, from viewpoint: Viewpoint, page: Int, in database: Database
    ) throws -> Listing {
        guard viewpoint.sees(.username) else { return .empty }
        let search = Search(filter, from: viewpoint)
        let count = try Int.fetchOne(
            database, sql: "SELECT count(*) FROM members \(search.condition)", arguments: search.arguments)
        let rows = try Row.fetchAll(
            database,
            sql:
                "SELECT \(columns) FROM members \(search.condition) ORDER BY sort_key, id LIMIT \(pageSize) OFFSET ?",
            arguments: search.arguments + [(page - 1) * pageSize])
        return Listing(entries: rows.map { Entry($0, from: viewpoint) }, count: count ?? 0)
    }

    /// Nil for whoever is no present member, or is not seen from that viewpoint.
    package static func profile(
        _ member: MemberID, from viewpoint: Viewpoint, in database: Database
    ) throws -> Profile? {
        guard viewpoint.sees(.username) else { return nil }
        let row = try Row.fetchOne(
            database.cachedStatement(sql: "SELECT \(columns) FROM members WHERE id = ?"), arguments: [member.column])
        guard let row else { return nil }
        let posts = try Int.fetchOne(
            database, sql: "SELECT count(*) FROM posts WHERE author = ? AND state = 'visible'",
            arguments: [member.column])
        return Profile(
            entry: Entry(row, from: viewpoint), roles: try roles(of: member, in: database), posts: posts ?? 0,
            showsAgeAndSex: row[5])
    }

    /// The present members with one of some roles.
    package static func members(with roles: Set<Role>, in database: Database) throws -> Set<MemberID> {
        let roles = roles.map { "'\($0.rawValue)'" }.sorted().joined(separator: ", ")
        return Set(
            try Int64.fetchAll(
                database,
                sql: "SELECT r.member FROM member_roles r JOIN members m ON m.id = r.member WHERE r.role IN (\(roles))"
            ).map(MemberID.init(column:)))
    }

    package static func roles(of member: MemberID, in database: Database) throws -> [Role] {
        try String.fetchAll(
            database.cachedStatement(sql: "SELECT role FROM member_roles WHERE member = ? ORDER BY role"),
            arguments: [member.column]
        ).compactMap(Role.init)
    }

    /// How many members there are now.
    package static func count(in database: Database) throws -> Int {
        try Int.fetchOne(database.cachedStatement(sql: "SELECT count(*) FROM members")) ?? 0
    }

    /// All members there are now, in no order that means anything.
    package static func all(in database: Database) throws -> [MemberID] {
        try Int64.fetchAll(database, sql: "SELECT id FROM members").map(MemberID.init(column:))
    }

    /// Any one of them; nil when there is none.
    package static func first(in database: Database) throws -> MemberID? {
        try Int64.fetchOne(database, sql: "SELECT id FROM members ORDER BY sort_key, id LIMIT 1").map(
            MemberID.init(column:))
    }

    /// The present member with that username, whatever its case.
    package static func find(username: String, in database: Database) throws -> MemberID? {
        try Int64.fetchOne(
            database.cachedStatement(sql: "SELECT id FROM members WHERE folded = ?"),
            arguments: [username.lowercased()]
        ).map(MemberID.init(column:))
    }

    /// The usernames of those who are members now.
    package static func usernames(of members: [MemberID], in database: Database) throws -> [MemberID: String] {
        var names: [MemberID: String] = [:]
        for member in Set(members) { names[member] = try username(of: member, in: database) }
        return names
    }

    package static func username(of member: MemberID, in database: Database) throws -> String? {
        try String.fetchOne(
            database.cachedStatement(sql: "SELECT username FROM members WHERE id = ?"), arguments: [member.column])
    }
}

/// A filter as SQL. What is not seen from a viewpoint is not looked at either (P-08.7).
private struct Search {
    private var conditions: [String] = []
    private(set) var arguments = StatementArguments()

    private static let mostWords = 6

    init(_ filter: MemberDirectory.Filter, from viewpoint: Viewpoint) {
        let keys = ["sort_key"] + (viewpoint.sees(.name) ? ["name_key"] : [])
        for word in (filter.name ?? "").split(whereSeparator: \.isWhitespace).prefix(Search.mostWords) {
            let matches = keys.map { "instr(\($0), ?) > 0" }.joined(separator: " OR ")
            require("(\(matches))", keys.map { _ in SwedishOrder.key(String(word)) })
        }
        guard viewpoint.sees(.municipality), filter.municipality != nil || filter.county != nil else { return }
        let codes = (filter.municipality.map { [$0] } ?? Municipality.all)
            .filter { filter.county == nil || $0.county == filter.county }.map(\.code)
        require("municipality IN (\(codes.map { _ in "?" }.joined(separator: ", ")))", codes)
    }

    var condition: String { conditions.isEmpty ? "" : "WHERE \(conditions.joined(separator: " AND "))" }

    private mutating func require(_ condition: String, _ values: [String]) {
        conditions.append(condition)
        arguments += StatementArguments(values)
    }
}

extension MemberDirectory.Entry {
    fileprivate init(_ row: Row, from viewpoint: Viewpoint) {
        member = PublicMember(row[0], row[1], role: row[6])
        name = viewpoint.sees(.name) ? row[2] : nil
        municipality = viewpoint.sees(.municipality) ? (row[3] as String?).flatMap(Municipality.init(code:)) : nil
        joined = Instant(milliseconds: row[4])
    }
}

extension MemberDirectory {
    /// The usernames of some members, of all that there are. Looks at every row.
    package static func usernames(
        but member: MemberID, where isMeant: (String) -> Bool, limit: Int, in database: Database
    ) throws -> [String] {
        let names = try String.fetchCursor(
            database, sql: "SELECT username FROM members WHERE id IS NOT ? AND username IS NOT NULL",
            arguments: [member.column])
        var found: [String] = []
        while found.count < limit, let name = try names.next() {
            if isMeant(name) { found.append(name) }
        }
        return found.sorted()
    }
}
