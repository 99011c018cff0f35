import Accounts
package import Events
package import GRDB

/// Who did what, when, and under which version of the privacy policy.
package enum AuditTrail: ReadModel {
    static let tables = """
        CREATE TABLE trail(
          position INTEGER PRIMARY KEY,
          time INTEGER NOT NULL,
          -- A member by its id alone, anybody else by a word.
          actor_member INTEGER,
          actor TEXT CHECK ((actor IS NULL) <> (actor_member IS NULL)),
          type TEXT NOT NULL,
          stream TEXT NOT NULL,
          -- The member whose stream it is.
          member INTEGER
        ) STRICT;
        CREATE TABLE trail_policies(since INTEGER PRIMARY KEY, version TEXT NOT NULL) STRICT;
        """

    static let indices = """
        CREATE INDEX trail_by_actor ON trail(actor_member, position) WHERE actor_member IS NOT NULL;
        CREATE INDEX trail_by_member ON trail(member, position) WHERE member IS NOT NULL;
        CREATE INDEX trail_of_holds ON trail(stream, position) WHERE substr(type, 1, 15) = 'oversight.hold-';
        """

    static let sources = Set(ProjectedEvent.Source.allCases)

    static func apply(_ event: ProjectedEvent, to views: ViewWriter) throws {
        let recorded = event.recorded
        if case .accounts(.policyInForce(let version)) = event.kind {
            try views.run(
                "INSERT INTO trail_policies VALUES (?, ?)", .integer(recorded.position), .text(version.description))
        }
        let actor = recorded.actor.columns
        try views.run(
            "INSERT INTO trail VALUES (?, ?, ?, ?, ?, ?, ?)", .integer(recorded.position), .time(recorded.time),
            actor.member, actor.word, .text(event.type), .text(event.stream),
            event.member.map(SQLValue.id) ?? nil)
    }
}

extension AuditTrail {
    package static let pageSize = 50

    package struct Entry: Sendable {
        package let position: Int
        package let time: Instant
        package let actor: Actor
        package let type: String
        package let stream: String
        package let policy: CalendarDate?
    }

    package struct Filter: Sendable {
        package var member: MemberID?
        /// The beginning of an event type: `accounts.` or `forum.post-published`.
        package var type: String?
        /// Names of event types, of which one will do.
        package var types: [String]?
        package var actor: ActorKind?
        package var stream: String?
        package var from: Instant?
        package var until: Instant?

        package init(
            member: MemberID? = nil, type: String? = nil, types: [String]? = nil, actor: ActorKind? = nil,
            stream: String? = nil, from: Instant? = nil, until: Instant? = nil
        ) {
            self.member = member
            self.type = type
            self.types = types
            self.actor = actor
            self.stream = stream
            self.from = from
            self.until = until
        }
    }

    /// Who did something, without saying who.
    package enum ActorKind: String, CaseIterable, Sendable {
        case member, visitor, `operator`, system
    }

    /// A hold is in no timeline until it is lifted: whoever it concerns must not learn of it there (P-10.1).
    private static let isShown = """
        (substr(type, 1, 21) <> 'oversight.hold-placed' OR EXISTS (
          SELECT 1 FROM trail later WHERE later.stream = trail.stream AND later.position > trail.position
          AND substr(later.type, 1, 15) = 'oversight.hold-' AND substr(later.type, 1, 21) = 'oversight.hold-lifted'))
        """

    /// Whether an event stands in the timeline.
    package static func shows(_ position: Int, in database: Database) throws -> Bool {
        try Bool.fetchOne(
            database, sql: "SELECT 1 FROM trail WHERE position = ? AND \(isShown)", arguments: [position]) ?? false
    }

    /// The streams of the holds that are not lifted, the newest first.
    package static func holds(in database: Database) throws -> [(stream: String, since: Instant)] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT stream, time FROM trail
                WHERE substr(type, 1, 15) = 'oversight.hold-' AND substr(type, 1, 21) = 'oversight.hold-placed' AND NOT \(isShown)
                ORDER BY position DESC
                """
        ).map { ($0[0], Instant(milliseconds: $0[1])) }
    }

    /// The streams in which somebody did something of that type, the oldest first.
    /// - Parameter type: the beginning of an event type that says it all but the version: `accounts.signed-in.v`.
    package static func things<Kind: IdentifierKind>(
        of kind: Kind.Type = Kind.self, with type: String, by member: MemberID, in database: Database
    ) throws -> [Identifier<Kind>] {
        try String.fetchAll(
            database,
            sql: "SELECT stream FROM trail WHERE actor_member = ? AND substr(type, 1, length(?)) = ? ORDER BY position",
            arguments: [member.column, type, type]
        ).compactMap { stream in
            let prefix = Kind.name + ":"
            return stream.hasPrefix(prefix) ? Identifier(String(stream.dropFirst(prefix.count))) : nil
        }
    }

    /// The newest entries at or before a position, newest first.
    package static func entries(
        _ filter: Filter, before position: Int?, limit: Int = pageSize, in database: Database
    ) throws -> [Entry] {
        var conditions = [AuditTrail.isShown]
        var arguments: [any DatabaseValueConvertible] = []
        func require(_ condition: String, _ values: any DatabaseValueConvertible...) {
            conditions.append(condition)
            arguments += values
        }
        if let position { require("position < ?", position) }
        if let member = filter.member {
            require("(actor_member = ? OR member = ?)", member.column, member.column)
        }
        if let type = filter.type, !type.isEmpty { require("substr(type, 1, length(?)) = ?", type, type) }
        if let types = filter.types {
            let matches = types.map { _ in "substr(type, 1, length(?)) = ?" }.joined(separator: " OR ")
            conditions.append(types.isEmpty ? "0" : "(\(matches))")
            // What begins so is of that name, whatever its version.
            arguments += types.flatMap { ["\($0).v", "\($0).v"] }
        }
        switch filter.actor {
        case .member?: require("actor_member IS NOT NULL")
        case .visitor?, .operator?, .system?: require("actor = ?", filter.actor?.rawValue)
        case nil: break
        }
        if let stream = filter.stream { require("stream = ?", stream) }
        if let from = filter.from { require("time >= ?", from.milliseconds) }
        if let until = filter.until { require("time < ?", until.milliseconds) }
        let condition = "WHERE \(conditions.joined(separator: " AND "))"
        return try Row.fetchAll(
            database,
            sql: """
                SELECT position, time, actor_member, actor, type, stream,
                  (SELECT version FROM trail_policies WHERE since <= position ORDER BY since DESC LIMIT 1)
                FROM trail \(condition) ORDER BY position DESC LIMIT \(limit)
                """,
            arguments: StatementArguments(arguments)
        ).compactMap(Entry.init)
    }
}

extension AuditTrail.Entry {
    fileprivate init?(_ row: Row) {
        guard let actor = Actor(member: row[2], word: row[3]) else { return nil }
        position = row[0]
        time = Instant(milliseconds: row[1])
        self.actor = actor
        type = row[4]
        stream = row[5]
        policy = (row[6] as String?).flatMap(CalendarDate.init)
    }
}

extension Actor {
    fileprivate init?(member: Int64?, word: String?) {
        if let member { self = .member(MemberID(column: member)) } else { self.init(word ?? "") }
    }

    fileprivate var columns: (member: SQLValue, word: SQLValue) {
        if case .member(let id) = self { (.id(id), nil) } else { (nil, .text(description)) }
    }
}
