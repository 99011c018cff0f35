/// That a log was restored without its newest events: from here on it goes on under a new name, so that nobody takes it for the one
/// whose head was signed before.
package struct LogContinued: Hashable, Sendable {
    package let id: ContinuationID
    /// The size of the newest head that anybody kept, and its root.
    package let lastKnown: Int
    package let root: TextHash
    /// The first position whose event is lost.
    package let lostFrom: Int

    package init(id: ContinuationID, lastKnown: Int, root: TextHash, lostFrom: Int) {
        self.id = id
        self.lastKnown = lastKnown
        self.root = root
        self.lostFrom = lostFrom
    }

    static let type = OperationEventName.logContinued.type
    static let stream = StreamName("continuations")

    func encoded() -> NewEvent { NewEvent(LogContinued.type, clear: ClearPart(self)) }

    /// Nil when the event is none of these.
    package init?(_ event: RecordedEvent) throws(MalformedEvent) {
        try self.init(type: event.type, clear: event.clear)
    }

    init?(type: EventType, clear: ClearPart) throws(MalformedEvent) {
        guard type == LogContinued.type else { return nil }
        self = try clear.read()
    }
}

extension LogContinued: ClearRecord {
    package init<Fields: ClearFields>(_ fields: inout Fields) throws(Fields.Failure) where Fields.Record == Self {
        id = try fields("id", \.id)
        lastKnown = try fields("lastKnown", \.lastKnown)
        lostFrom = try fields("lostFrom", \.lostFrom)
        root = try fields("root", \.root)
    }
}

/// The names under which a log's heads were signed, the oldest first. Each but the last was in use up to a position.
struct CheckpointOrigins: Sendable {
    struct Origin: Hashable, Sendable {
        let name: String
        /// The last position that a head signed under this name can cover; nil for the one in use.
        let through: Int?
    }

    let log: LogIdentity
    let all: [Origin]

    init(of log: LogIdentity, in connection: SQLiteConnection) throws {
        self.log = log
        let statement = try connection.statement(
            "SELECT \(EventRow.columns) FROM events WHERE stream = ? ORDER BY version")
        statement.bind(1, LogContinued.stream.description)
        var origins: [Origin] = []
        var name = CheckpointOrigins.name(of: log, nil)
        // One that cannot be read is for the verifier to report; a checkpoint under its name is then of nobody known.
        for event in try statement.rows({ try? EventRow($0).recorded(content: .none) }) {
            guard let event, let continued = try? LogContinued(event) else { continue }
            origins.append(Origin(name: name, through: event.position - 1))
            name = CheckpointOrigins.name(of: log, continued.id)
        }
        all = origins + [Origin(name: name, through: nil)]
    }

    var current: String { all[all.count - 1].name }

    subscript(name: String) -> Origin? { all.first { $0.name == name } }

    /// Whether a head of this log was signed under that name, here or in a continuation that this file does not know.
    func areOfLog(_ name: String) -> Bool {
        let first = CheckpointOrigins.name(of: log, nil)
        return name == first || name.hasPrefix(first + "/")
    }

    static func name(of log: LogIdentity, _ continuation: ContinuationID?) -> String {
        "mikroforetag/log/\(log.id)" + (continuation.map { "/\($0)" } ?? "")
    }
}
