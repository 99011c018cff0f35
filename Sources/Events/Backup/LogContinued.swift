/// The event that a log was restored without its newest events: from here on its checkpoints have a new origin, so that it is not
/// mistaken for the log that was signed before.
package struct LogContinued: Hashable, Sendable {
    package let id: ContinuationID
    /// The size of the newest checkpoint that was kept, and its root.
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

    /// Nil for any other event.
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

/// The origins under which a log's checkpoints were signed, the oldest first. Each but the last was in use up to a position.
struct CheckpointOrigins: Sendable {
    struct Origin: Hashable, Sendable {
        let name: String
        /// The last position that a checkpoint of this origin can cover; nil for the one in use.
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
        // An event that cannot be read is for the verifier to report; a checkpoint under its name is then of an unknown log.
        for event in try statement.rows({ try? EventRow($0).recorded(content: .none) }) {
            guard let event, let continued = try? LogContinued(event) else { continue }
            origins.append(Origin(name: name, through: event.position - 1))
            name = CheckpointOrigins.name(of: log, continued.id)
        }
        all = origins + [Origin(name: name, through: nil)]
    }

    var current: String { all[all.count - 1].name }

    subscript(name: String) -> Origin? { all.first { $0.name == name } }

    /// Whether a checkpoint of that origin is of this log, or of a continuation of it that this file does not know.
    func areOfLog(_ name: String) -> Bool {
        let first = CheckpointOrigins.name(of: log, nil)
        return name == first || name.hasPrefix(first + "/")
    }

    static func name(of log: LogIdentity, _ continuation: ContinuationID?) -> String {
        "mikroforetag/log/\(log.id)" + (continuation.map { "/\($0)" } ?? "")
    }
}
