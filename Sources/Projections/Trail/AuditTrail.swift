import Accounts
package import Events
import GRDB

/// Who did what, when, and under which version of the privacy policy.
package enum AuditTrail: ReadModel {
    static let version = 3

    static let tables = """
        CREATE TABLE trail(
          position INTEGER PRIMARY KEY,
          time INTEGER NOT NULL,
          -- The actor: a member's id, or the kind of any other actor in `actor`.
          actor_member INTEGER,
          actor TEXT CHECK ((actor IS NULL) <> (actor_member IS NULL)),
          -- Both reference `trail_words`.
          type INTEGER NOT NULL,
          stream INTEGER NOT NULL,
          -- The id in the stream's name: `member` for a member's stream, `thing` for any other.
          member INTEGER,
          thing INTEGER
        ) STRICT;
        CREATE TABLE trail_words(number INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE) STRICT;
        -- The events of each legal hold that is not lifted yet, and of each proposal that is not decided: also the erasures that were
        -- deferred. `is_in_force` marks those that put a hold in force.
        CREATE TABLE standing_holds(
          position INTEGER PRIMARY KEY,
          stream TEXT NOT NULL,
          time INTEGER NOT NULL,
          is_in_force INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE trail_policies(since INTEGER PRIMARY KEY, version TEXT NOT NULL) STRICT;
        """

    static let indices = """
        CREATE INDEX trail_by_member ON trail(member, position) WHERE member IS NOT NULL;
        -- Excludes acts in the actor's own stream, which `trail_by_member` has.
        CREATE INDEX trail_by_actor ON trail(actor_member, position)
          WHERE actor_member IS NOT NULL AND actor_member IS NOT member;
        """

    static let sources = Set(ProjectedEvent.Source.allCases)

    static func apply(_ event: ProjectedEvent, to views: ViewWriter) throws {
        let recorded = event.recorded
        switch event.kind {
        case .other where try ErasureEventName(recorded) == .deferred: try hide(recorded, in: views)
        case .accounts(.policy(.policyInForce(let version))):
            try views.run(
                "INSERT INTO trail_policies VALUES (?, ?)", .integer(recorded.position), .text(version.description))
        case .oversight(.holdProposed): try hide(recorded, in: views)
        case .oversight(.holdPlaced), .oversight(.holdConfirmed):
            try hide(recorded, isInForce: true, in: views)
        case .oversight(.holdDeclined):
            try hide(recorded, in: views)
            // A declined renewal stays hidden with the hold.
            try views.run(
                """
                DELETE FROM standing_holds WHERE stream = ?1
                AND NOT EXISTS (SELECT 1 FROM standing_holds WHERE stream = ?1 AND is_in_force)
                """, .text(recorded.stream.description))
        case .oversight(.holdLifted):
            try views.run("DELETE FROM standing_holds WHERE stream = ?", .text(recorded.stream.description))
        case .accounts, .oversight, .corrections, .forum, .conversations, .notifications, .cases, .erasure, .mail,
            .newsletter, .other:
            break
        }
        let actor = recorded.actor.columns
        let thing = event.member == nil ? recorded.stream.number : nil
        try views.run(
            "INSERT INTO trail VALUES (?, ?, ?, ?, ?, ?, ?, ?)", .integer(recorded.position), .time(recorded.time),
            actor.member, actor.word, .integer(views.words.number(of: recorded.type, in: views)),
            .integer(views.words.number(of: recorded.stream.word, in: views)),
            event.member.map(SQLValue.id) ?? nil, thing.map { .integer(Int(bitPattern: UInt($0))) } ?? nil)
    }

    private static func hide(_ event: RecordedEvent, isInForce: Bool = false, in views: ViewWriter) throws {
        try views.run(
            "INSERT INTO standing_holds VALUES (?, ?, ?, ?)", .integer(event.position),
            .text(event.stream.description), .time(event.time), .integer(isInForce ? 1 : 0))
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

    /// A legal hold, its proposal and what it defers are in no timeline until it is lifted: the member concerned must not learn of it there (P-10.1).
    private static let isShown = "position NOT IN (SELECT position FROM standing_holds)"

    /// - Parameter condition: an SQL condition on the word.
    private static func isOfType(_ condition: String) -> String {
        "type IN (SELECT number FROM trail_words WHERE \(condition))"
    }

    private static let beginsWith = "substr(word, 1, length(?)) = ?"

    /// Whether the member did it or it happened in the member's stream, in a form that uses the indices.
    /// - Parameter member: the member in the statement, as SQL; it is used twice.
    private static func isInTrail(_ member: String) -> String {
        "(member = \(member) OR (actor_member = \(member) AND actor_member IS NOT member))"
    }

    /// Excludes what others do in the reader's own matters: who viewed her data or holds it, decides about her account or her request, or
    /// has reported her. Binds the reader as `:reader`, nil for a reader who sees everything.
    private static let isNotOwnMatter = """
        (:reader IS NULL OR actor_member IS :reader OR NOT (
          (member IS NOT NULL AND member = :reader AND actor_member IS NOT NULL)
          OR (thing = :reader AND \(isIn(streams: "viewed-member", "held-member")))
          OR (\(isIn(streams: "case")) AND thing IN (SELECT id FROM case_concerns WHERE member = :reader))
          OR (\(isIn(streams: "correction")) AND thing IN (SELECT id FROM corrections WHERE member = :reader))
          OR (\(isIn(streams: "conversation"))
            AND \(isOfType("word LIKE 'messages.reported.%' OR word LIKE 'messages.opened-by-staff.%' OR word LIKE 'messages.message-erased.%'"))
            AND thing IN (SELECT conversation FROM conversation_members WHERE member = :reader))))
        """

    private static func isIn(streams: String...) -> String {
        let words = streams.map { "'\($0)'" }.joined(separator: ", ")
        return "stream IN (SELECT number FROM trail_words WHERE word IN (\(words)))"
    }

    package struct Queries {
        let source: QuerySource

        /// Whether the timeline of a reader shows an event.
        package func shows(_ position: Int, to reader: MemberID?) throws -> Bool {
            try source.exists(
                "SELECT 1 FROM trail WHERE position = :position AND \(isShown) AND \(isNotOwnMatter)",
                ["position": position, "reader": reader?.column])
        }

        /// The streams of the legal holds that are not lifted and of the proposals that are not decided, the newest first.
        package func holds() throws -> [(stream: String, since: Instant)] {
            try source.rows(
                "SELECT stream, min(time) AS time FROM standing_holds GROUP BY stream ORDER BY min(position) DESC"
            ) { row in (row["stream"], row["time"]) }
        }

        /// The things in whose streams a member caused an event of that type, the oldest first.
        /// - Parameter type: an event type without the version number: `accounts.signed-in.v`.
        package func things<Kind: IdentifierKind>(
            of kind: Kind.Type = Kind.self, with type: String, by member: MemberID
        ) throws -> [Identifier<Kind>] {
            try source.ids(
                """
                SELECT coalesce(thing, member) FROM trail
                WHERE actor_member = ?1 AND \(isInTrail("?1")) AND \(isOfType("substr(word, 1, length(?2)) = ?2"))
                  AND stream = (SELECT number FROM trail_words WHERE word = ?3) AND coalesce(thing, member) IS NOT NULL
                ORDER BY position
                """, [member.column, type, Kind.name])
        }

        /// The newest entries before a position, newest first.
        package func entries(_ filter: Filter, before position: Int?, limit: Int = pageSize) throws -> [Entry] {
            let search = Search(filter, before: position)
            return try source.rows(
                """
                SELECT position, time, actor_member, actor, coalesce(thing, member) AS stream_number,
                  (SELECT word FROM trail_words WHERE number = type) AS type_word,
                  (SELECT word FROM trail_words WHERE number = stream) AS stream_word,
                  (SELECT version FROM trail_policies WHERE since <= position ORDER BY since DESC LIMIT 1) AS policy
                FROM trail WHERE \(search.condition) ORDER BY position DESC LIMIT \(limit)
                """, StatementArguments(search.arguments), Entry.init)
        }
    }

    /// A filter as SQL.
    private struct Search {
        private var conditions = [AuditTrail.isShown]
        private(set) var arguments: [(any DatabaseValueConvertible)?] = []

        var condition: String { conditions.joined(separator: " AND ") }

        init(_ filter: Filter, before position: Int?) {
            if let reader = filter.reader {
                conditions.append(isNotOwnMatter.replacing(":reader", with: "\(reader.column)"))
            }
            if let position { require("position < ?", position) }
            if let member = filter.member {
                require(isInTrail("?"), member.column, member.column)
            }
            if let type = filter.type, !type.isEmpty { require(isOfType(beginsWith), type, type) }
            if let types = filter.types {
                let matches = types.map { _ in beginsWith }.joined(separator: " OR ")
                conditions.append(types.isEmpty ? "0" : isOfType(matches))
                // A name matches in every version.
                arguments += types.flatMap { ["\($0).v", "\($0).v"] }
            }
            switch filter.actor {
            case .member?: require("actor_member IS NOT NULL")
            case .visitor?, .operator?, .system?: require("actor = ?", filter.actor?.rawValue)
            case nil: break
            }
            if let stream = filter.stream.map(StreamName.init(written:)) {
                require(
                    "stream = (SELECT number FROM trail_words WHERE word = ?) AND coalesce(thing, member) IS ?",
                    stream.word, stream.number.map { Int64(bitPattern: $0) })
            }
            if let from = filter.from { require("time >= ?", from.milliseconds) }
            if let until = filter.until { require("time < ?", until.milliseconds) }
        }

        private mutating func require(_ condition: String, _ values: (any DatabaseValueConvertible)?...) {
            conditions.append(condition)
            arguments += values
        }
    }
}

extension AuditTrail.Entry {
    fileprivate init?(_ row: ViewRow) {
        guard let actor = Actor(member: row["actor_member"], word: row["actor"]) else { return nil }
        position = row["position"]
        time = row["time"]
        self.actor = actor
        type = row["type_word"]
        let number: Int64? = row["stream_number"]
        stream = StreamName(word: row["stream_word"], number: number.map(UInt64.init(bitPattern:))).description
        policy = (row["policy"] as String?).flatMap(CalendarDate.init)
    }
}

extension Actor {
    fileprivate init?(member: MemberID?, word: String?) {
        if let member { self = .member(member) } else { self.init(word ?? "") }
    }

    fileprivate var columns: (member: SQLValue, word: SQLValue) {
        if case .member(let id) = self { (.id(id), nil) } else { (nil, .text(description)) }
    }
}
