package import Accounts
package import Events
package import Forum
package import Messaging

/// One projection: its tables and how it applies events. Its queries are in the same file, as methods of a struct `Queries`.
///
/// Deterministic: no clock, no randomness, no configuration. A rebuild from an empty file gives the same rows.
protocol ReadModel: Sendable, SendableMetatype {
    /// Raised by one when the same events give other rows in unchanged tables; every view file is then rebuilt. A change of `tables` or
    /// `indices` has the same effect by itself.
    static var version: Int { get }

    /// The models that must apply an event before this one does.
    static var after: [any ReadModel.Type] { get }

    /// The tables, with the indices that applying an event needs.
    static var tables: String { get }

    /// The indices that only queries need: a new generation gets them after its rows are loaded.
    static var indices: String { get }

    /// The sources of the events that it receives.
    static var sources: Set<ProjectedEvent.Source> { get }

    static func apply(_ event: ProjectedEvent, to views: ViewWriter) throws

    /// Flushes buffered rows: before each commit, and during a load when the buffer is full.
    static func flush(_ views: ViewWriter) throws
}

extension ReadModel {
    static var after: [any ReadModel.Type] { [] }

    static var indices: String { "" }

    static func flush(_ views: ViewWriter) {}
}

/// An event as read models receive it: decoded once for all of them, with post bodies rendered.
package final class ProjectedEvent: Sendable {
    package indirect enum Kind: Sendable {
        case accounts(AccountEvent)
        case corrections(CorrectionEvent)
        case oversight(OversightEvent)
        case forum(ForumEvent)
        case mail(MailEvent)
        case newsletter(NewsletterEvent)
        case conversations(ConversationEvent)
        case notifications(NotificationEvent)
        case erasure(Erasure)
        case cases(CaseEvent)
        /// From a module that has no views yet.
        case other
    }

    /// The source of an event: the cases of `Kind` without their payloads.
    package enum Source: CaseIterable, Sendable {
        case accounts, corrections, oversight, forum, conversations, notifications, cases, erasure, other
        case mail, newsletter
    }

    let recorded: RecordedEvent
    let kind: Kind
    let source: Source
    /// The member whose stream the event is in.
    let member: MemberID?
    /// The body of a post that is published or revised; nil once it is erased.
    let body: RenderedPost?

    /// - Parameter log: where the sources of quotes are read.
    init(_ recorded: RecordedEvent, from log: EventLog) throws {
        self.recorded = recorded
        do {
            kind = try Kind(recorded)
            source = kind.source
            member = recorded.stream.id()
            body = try kind.body.map { try RenderedPost($0, from: log) }
        } catch {
            throw ProjectionFailure(position: recorded.position, type: recorded.type, reason: String(describing: error))
        }
    }
}

extension ProjectedEvent.Kind {
    init(_ recorded: RecordedEvent) throws {
        if let event = try AccountEvent.decode(recorded) {
            self = .accounts(event)
        } else if let event = try CorrectionEvent.decode(recorded) {
            self = .corrections(event)
        } else if let event = try OversightEvent.decode(recorded) {
            self = .oversight(event)
        } else if let event = try ForumEvent.decode(recorded) {
            self = .forum(event)
        } else if let event = try MailEvent.decode(recorded) {
            self = .mail(event)
        } else if let event = try NewsletterEvent.decode(recorded) {
            self = .newsletter(event)
        } else if let event = try ConversationEvent.decode(recorded) {
            self = .conversations(event)
        } else if let event = try NotificationEvent.decode(recorded) {
            self = .notifications(event)
        } else if let erasure = try Erasure(recorded) {
            self = .erasure(erasure)
        } else if let event = try CaseEvent.decode(recorded) {
            self = .cases(event)
        } else {
            self = .other
        }
    }

    var source: ProjectedEvent.Source {
        switch self {
        case .accounts: .accounts
        case .corrections: .corrections
        case .oversight: .oversight
        case .forum: .forum
        case .mail: .mail
        case .newsletter: .newsletter
        case .conversations: .conversations
        case .notifications: .notifications
        case .erasure: .erasure
        case .cases: .cases
        case .other: .other
        }
    }

    fileprivate var body: PostBody? {
        switch self {
        case .forum(.post(.published(_, _, _, let body))), .forum(.post(.revised(_, _, _, _, let body))): body.value
        case .accounts, .corrections, .oversight, .forum, .conversations, .notifications, .cases, .mail, .newsletter,
            .erasure,
            .other:
            nil
        }
    }
}

/// What a read model may use while it applies an event: the generation's tables, and members and threads as of that event.
struct ViewWriter {
    let connection: SQLiteConnection
    let members: MemberStates
    let threads: ThreadStates
    /// When each member last signed in, came back or became a member.
    let lastUses: WriteBuffer<MemberID, Instant>
    let words: TrailWords
    let recipients: NotificationRecipients
    /// The member fields visible under the policy version that the rows are built by; nil before the first version.
    var shown: ShownFields?

    init(_ connection: SQLiteConnection, following log: EventLog, showing shown: ShownFields?) {
        self.connection = connection
        members = MemberStates(log)
        threads = ThreadStates()
        lastUses = WriteBuffer()
        words = TrailWords()
        recipients = NotificationRecipients()
        self.shown = shown
    }

    /// Whether the buffered rows should be flushed.
    var isFull: Bool { threads.isFull || lastUses.isFull }

    /// Runs one statement with its parameters bound in order.
    func run(_ sql: StaticString, _ values: SQLValue...) throws { try prepared(sql, values).execute() }

    /// The first column of the first row.
    func integer(_ sql: StaticString, _ values: SQLValue...) throws -> Int? {
        try prepared(sql, values).rows { $0.optionalInteger(0) }.first ?? nil
    }

    /// The first column of every row.
    func integers(_ sql: StaticString, _ values: SQLValue...) throws -> [Int] {
        try prepared(sql, values).rows { $0.integer(0) }
    }

    /// The values that `read` makes of the rows.
    func rows<Value>(_ sql: StaticString, _ values: SQLValue..., read: (Statement) -> Value) throws -> [Value] {
        try prepared(sql, values).rows(read)
    }

    private func prepared(_ sql: StaticString, _ values: [SQLValue]) throws -> Statement {
        let statement = try connection.statement(literal: sql)
        for (index, value) in values.enumerated() {
            switch value {
            case .integer(let integer): statement.bind(Int32(index + 1), integer)
            case .text(let text): statement.bind(Int32(index + 1), text)
            case .null: statement.bind(Int32(index + 1), nil as Int?)
            }
        }
        return statement
    }
}

/// A value for a view's column.
enum SQLValue: ExpressibleByIntegerLiteral, ExpressibleByStringLiteral, ExpressibleByNilLiteral {
    case integer(Int)
    case text(String)
    case null

    init(integerLiteral value: Int) { self = .integer(value) }
    init(stringLiteral value: String) { self = .text(value) }
    init(nilLiteral: ()) { self = .null }

    static func id<Kind>(_ id: Identifier<Kind>) -> SQLValue { .integer(id.column) }
    static func time(_ instant: Instant) -> SQLValue { .integer(Int(instant.milliseconds)) }
    static func optional(_ text: String?) -> SQLValue { text.map(SQLValue.text) ?? .null }
    static func bool(_ bool: Bool) -> SQLValue { .integer(bool ? 1 : 0) }
}

extension Identifier {
    /// The same 64 bits as SQLite's signed integer.
    var column: Int { Int(bitPattern: UInt(rawValue)) }

    init(column: Int64) { self.init(rawValue: UInt64(bitPattern: column)) }
}
