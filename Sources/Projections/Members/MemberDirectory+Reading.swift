package import Accounts
package import Events
import GRDB

/// A member as others may see her; a former member has no username.
package struct PublicMember: Hashable, Sendable {
    package let id: MemberID
    package let username: String?
    /// The role shown to readers: administrator or moderator.
    package let role: Role?

    package init(id: MemberID, username: String?, role: Role? = nil) {
        self.id = id
        self.username = username
        self.role = role
    }

    /// For queries that join `members`.
    static let roleColumn = """
        (SELECT min(role) FROM member_roles r
         WHERE r.member = members.id AND role IN ('administrator', 'moderator'))
        """

    /// A current member, or one of whom nothing is visible any more; the views do not know the reason.
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

    private static let columns =
        "id, username, name, municipality, joined, shows_age_and_sex, \(PublicMember.roleColumn) AS role"

    package struct Queries {
        let source: QuerySource

        /// One page of the matching members in Swedish order; only data visible from the viewpoint is searched.
        package func list(_ filter: Filter, from viewpoint: Viewpoint, page: Int) throws -> Listing {
            guard viewpoint.sees(.username) else { return .empty }
            let search = Search(filter, from: viewpoint)
            return try source.read { snapshot in
                let source = snapshot.source
                return Listing(
                    entries: try source.rows(
                        """
                        SELECT \(columns) FROM members \(search.condition) ORDER BY sort_key, id LIMIT \(pageSize) OFFSET ?
                        """, search.arguments + [(page - 1) * pageSize]
                    ) { Entry($0, from: viewpoint) },
                    count: try source.count(
                        "SELECT count(*) FROM members \(search.condition)", search.arguments))
            }
        }

        /// Nil for a person who is not a current member, or is not visible from that viewpoint.
        package func profile(_ member: MemberID, from viewpoint: Viewpoint) throws -> Profile? {
            guard viewpoint.sees(.username) else { return nil }
            return try source.read { snapshot in
                let source = snapshot.source
                return try source.row(
                    .cached("SELECT \(columns) FROM members WHERE id = ?"), [member.column]
                ) { row in
                    Profile(
                        entry: Entry(row, from: viewpoint), roles: try snapshot.members.roles(of: member),
                        posts: try source.count(
                            "SELECT count(*) FROM posts WHERE author = ? AND state = 'visible'", [member.column]),
                        showsAgeAndSex: row["shows_age_and_sex"])
                }
            }
        }

        /// When a current member joined.
        package func joined(_ id: MemberID) throws -> Instant? {
            try source.time("SELECT joined FROM members WHERE id = ?", [id.column])
        }

        /// The current members with at least one of the roles.
        package func all(with roles: Set<Role>) throws -> Set<MemberID> {
            let roles = roles.map { "'\($0.rawValue)'" }.sorted().joined(separator: ", ")
            return Set(
                try source.ids(
                    """
                    SELECT r.member FROM member_roles r JOIN members m ON m.id = r.member WHERE r.role IN (\(roles))
                    """))
        }

        package func roles(of member: MemberID) throws -> [Role] {
            let words: [String] = try source.values(
                .cached("SELECT role FROM member_roles WHERE member = ? ORDER BY role"), [member.column])
            return words.compactMap(Role.init)
        }

        /// The number of current members.
        package func count() throws -> Int { try source.count(.cached("SELECT count(*) FROM members")) }

        /// All current members, in no particular order.
        package func all() throws -> [MemberID] { try source.ids("SELECT id FROM members") }

        /// The first member in Swedish order; nil when there is none.
        package func first() throws -> MemberID? {
            try source.id("SELECT id FROM members ORDER BY sort_key, id LIMIT 1")
        }

        /// The current member with that username, ignoring case.
        package func find(username: String) throws -> MemberID? {
            try source.id(.cached("SELECT id FROM members WHERE folded = ?"), [username.lowercased()])
        }

        /// The usernames of those who are current members.
        package func usernames(of members: [MemberID]) throws -> [MemberID: String] {
            guard !members.isEmpty else { return [:] }
            return try source.read { snapshot in
                var names: [MemberID: String] = [:]
                for member in Set(members) { names[member] = try snapshot.members.username(of: member) }
                return names
            }
        }

        package func username(of member: MemberID) throws -> String? {
            try source.value(.cached("SELECT username FROM members WHERE id = ?"), [member.column])
        }

        /// Up to `limit` usernames that satisfy `isMeant`. Scans the table.
        package func usernames(
            excluding member: MemberID, where isMeant: (String) -> Bool, limit: Int
        ) throws -> [String] {
            try source.read { snapshot in
                let names = try String.fetchCursor(
                    snapshot.database, sql: "SELECT username FROM members WHERE id IS NOT ? AND username IS NOT NULL",
                    arguments: [member.column])
                var found: [String] = []
                while found.count < limit, let name = try names.next() {
                    if isMeant(name) { found.append(name) }
                }
                return found.sorted()
            }
        }
    }
}

/// A filter as SQL. Data that is not visible from a viewpoint is not searched either (P-08.7).
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
    fileprivate init(_ row: ViewRow, from viewpoint: Viewpoint) {
        member = PublicMember(id: row["id"], username: row["username"], role: row.code("role"))
        name = viewpoint.sees(.name) ? row["name"] : nil
        municipality =
            viewpoint.sees(.municipality)
            ? (row["municipality"] as String?).flatMap(Municipality.init(code:)) : nil
        joined = row["joined"]
    }
}
