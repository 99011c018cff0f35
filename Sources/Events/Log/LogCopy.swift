import Foundation

/// The log as an auditor reads it: the file alone, without keys. Sealed parts stay sealed.
package final class LogCopy {
    package let identity: LogIdentity
    private let reader: LogReader
    private let roots = TileRoots()

    /// - Throws: `LogUnusable` when the file is missing, damaged, or of a newer format.
    package init(_ files: LogFiles) throws {
        identity = try LogIdentity(readingFrom: files.log)
        reader = try LogReader(path: files.log, vault: nil, log: identity)
    }

    /// At most `limit` events in the order of their positions.
    package func events(after position: Int, limit: Int) throws -> [RecordedEvent] {
        try reader.events(after: position, limit: limit)
    }

    /// The position of the last event.
    package func head() throws -> Int { try reader.head() }

    /// The state of a stream whose events have no sealed parts.
    package func state<State: EventSourced>(of stream: StreamName, as type: State.Type = State.self) throws -> State {
        var state = State.initial
        for event in try events(in: stream) { try state.evolve(event) }
        return state
    }

    package func events(in stream: StreamName) throws -> [RecordedEvent] { try reader.events(in: stream, after: 0) }

    /// The owner of a subject, whose events name it; nil for a subject of which nothing was ever sealed.
    package func owner(of subject: Subject) throws -> Owner? {
        let statement = try reader.connection.statement("SELECT owner FROM events WHERE subject = ? LIMIT 1")
        statement.bind(1, subject.description)
        return try statement.rows { Owner($0.text(0)) }.first ?? nil
    }

    /// Every key that something is sealed under up to a position, with its subject, its owner and the first such event.
    package func forEachKey(
        through position: Int, _ body: (_ key: Int, Subject, Owner, _ position: Int) throws -> Void
    ) throws {
        let statement = try reader.connection.statement(
            "SELECT key, subject, owner, min(position) FROM events WHERE key IS NOT NULL AND position <= ? GROUP BY key"
        )
        statement.bind(1, position)
        defer { statement.reset() }
        while try statement.step() {
            guard let subject = Subject(statement.text(1)), let owner = Owner(statement.text(2)) else { continue }
            try body(statement.integer(0), subject, owner, statement.integer(3))
        }
    }

    /// The owners that hold claims, by kind, and the log's head, from a single query.
    package func claims() throws -> (head: Int, holders: [Claim.Kind: [Owner]]) {
        let rows = try reader.connection.statement(
            "SELECT (SELECT max(position) FROM events), kind, holder FROM claims"
        ).rows { (head: $0.integer(0), kind: $0.text(1), holder: $0.text(2)) }
        var holders: [Claim.Kind: [Owner]] = [:]
        for row in rows {
            guard let kind = Claim.Kind(rawValue: row.kind), let holder = Owner(row.holder) else { continue }
            holders[kind, default: []].append(holder)
        }
        return (try rows.first?.head ?? head(), holders)
    }

    /// The proof that an event is among those that a checkpoint covers; nil when it is not, or the log is shorter than the checkpoint.
    package func proof(ofEventAt position: Int, under checkpoint: SignedCheckpoint) throws -> EventProof? {
        let size = checkpoint.checkpoint.size
        guard position > 0, position <= size, try size <= head() else { return nil }
        let tree = TreeReader(connection: reader.connection, roots: roots)
        return EventProof(inclusion: try tree.inclusion(of: position - 1, in: size), checkpoint: checkpoint)
    }

    /// The checkpoint that was signed last, if there is one.
    package static func lastCheckpoint(_ files: LogFiles) -> String? {
        try? String(contentsOfFile: files.checkpoint, encoding: .utf8)
    }
}
