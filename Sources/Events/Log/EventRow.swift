/// A row of `events` in SQLite's buffers, valid until the statement's next step. Texts are parsed in place, because a rebuild reads
/// millions.
struct EventRow {
    static let columns =
        "position, stream, version, type, schema, time, actor, causation, command, subject, owner, key, sealed, clear, hash"

    private let row: Statement

    init(_ row: Statement) { self.row = row }

    var position: Int { row.integer(0) }
    var time: Int64 { Int64(row.integer(5)) }
    var key: Int? { row.optionalInteger(11) }
    var isSealed: Bool { !row.isNull(12) }
    var sealed: UnsafeRawBufferPointer { row.raw(12) }

    /// Nil when the event has no sealed part.
    func place(in log: LogIdentity) -> Seal.Place? {
        guard let key, !row.isNull(9), !row.isNull(10) else { return nil }
        return Seal.Place(
            log: log, stream: row.raw(1), version: row.integer(2), type: row.raw(3), schema: row.integer(4),
            subject: row.raw(9), owner: row.raw(10), key: key)
    }

    var leaf: Leaf {
        Leaf(
            position: position, stream: row.text(1), version: row.integer(2), type: row.text(3),
            schema: row.integer(4), time: time, actor: row.text(6), causation: row.optionalInteger(7),
            command: row.text(8), subject: row.optionalText(9), owner: row.optionalText(10), key: key,
            sealed: isSealed ? row.bytes(12) : nil, clear: row.bytes(13))
    }

    func recorded(content: SealedContent) throws(MalformedEvent) -> RecordedEvent {
        guard let actor = Actor(row.raw(6)), let command = CommandID(row.raw(8)) else {
            throw MalformedEvent(reason: "unreadable actor or command at position \(position)", offset: 0)
        }
        return RecordedEvent(
            position: position, stream: StreamName(recorded: row.raw(1)), version: row.integer(2),
            type: EventType(row.text(3), row.integer(4)), time: Instant(milliseconds: time), actor: actor,
            causation: row.optionalInteger(7), command: command, clear: ClearPart(stored: row.bytes(13)),
            subject: row.isNull(9) ? nil : Subject(row.raw(9)), owner: row.isNull(10) ? nil : Owner(row.raw(10)),
            content: content)
    }
}
