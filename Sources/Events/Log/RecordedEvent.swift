/// An event as the log holds it, its sealed part opened as far as the keys allow.
/// Handed from one thread to another by the million: one reference, instead of all its parts.
package final class RecordedEvent: Sendable {
    package let position: Int
    package let stream: StreamName
    package let version: Int
    package let type: EventType
    package let time: Instant
    package let actor: Actor
    package let causation: Int?
    package let command: CommandID
    package let clear: ClearPart
    package let subject: Subject?
    package let owner: Owner?
    package let content: SealedContent

    package init(
        position: Int, stream: StreamName, version: Int, type: EventType, time: Instant, actor: Actor, causation: Int?,
        command: CommandID, clear: ClearPart, subject: Subject?, owner: Owner?, content: SealedContent
    ) {
        self.position = position
        self.stream = stream
        self.version = version
        self.type = type
        self.time = time
        self.actor = actor
        self.causation = causation
        self.command = command
        self.clear = clear
        self.subject = subject
        self.owner = owner
        self.content = content
    }
}

/// What became of an event's sealed part when it was opened. Damage is an error, not a case: it is never shown as erasure.
package enum SealedContent: Sendable, Equatable {
    case none
    case open([UInt8])
    case erased
    /// Read without keys, as auditors do.
    case locked
}

/// A sealed part was asked for where only the log is at hand.
package struct SealedWithoutKeys: Error {
    package let position: Int
}

extension RecordedEvent {
    /// As whoever has no keys reads it and asks for nothing sealed: every sealed part is taken for erased. What an audit finds must not
    /// depend on what it may not know.
    package var unopened: RecordedEvent {
        RecordedEvent(
            position: position, stream: stream, version: version, type: type, time: time, actor: actor,
            causation: causation, command: command, clear: clear, subject: subject, owner: owner,
            content: content == .none ? .none : .erased)
    }

    /// Reads the whole clear part: `read` must ask for every field.
    package func clear<Value>(
        _ read: (inout ClearReader) throws(MalformedEvent) -> Value
    ) throws(MalformedEvent) -> Value {
        try clear.read(read)
    }

    /// Reads the whole clear part as the fields of a record.
    package func clear<Record: ClearRecord>(_ type: Record.Type = Record.self) throws(MalformedEvent) -> Record {
        try clear.read()
    }

    /// Reads a clear part of one field.
    package func clear<Value>(_ field: ClearField<Value>) throws(MalformedEvent) -> Value {
        try clear.read { (fields) throws(MalformedEvent) in try fields.read(field) }
    }

    /// Reads a clear part of two fields.
    package func clear<A, B>(_ a: ClearField<A>, _ b: ClearField<B>) throws(MalformedEvent) -> (A, B) {
        try clear.read { (fields) throws(MalformedEvent) in (try fields.read(a), try fields.read(b)) }
    }

    /// Reads a clear part of three fields.
    package func clear<A, B, C>(
        _ a: ClearField<A>, _ b: ClearField<B>, _ c: ClearField<C>
    ) throws(MalformedEvent) -> (A, B, C) {
        try clear.read { (fields) throws(MalformedEvent) in
            (try fields.read(a), try fields.read(b), try fields.read(c))
        }
    }

    /// Checks that the clear part has no field.
    package func nothingClear() throws(MalformedEvent) { try clear.read { (_) throws(MalformedEvent) in } }

    /// What is decoded from an event that says nothing besides its name.
    package func bare<Event>(_ event: Event) throws(MalformedEvent) -> Event {
        try nothingClear()
        return event
    }

    /// The id of the thing whose stream the event is in.
    /// - Throws: `UnreadableEvent` when the stream is of another kind.
    package func id<Kind>() throws(UnreadableEvent) -> Identifier<Kind> {
        guard let id: Identifier<Kind> = stream.id() else { throw UnreadableEvent(self) }
        return id
    }

    /// The same of an event that has no clear field.
    package func onlyID<Kind>() throws -> Identifier<Kind> {
        try nothingClear()
        return try id()
    }
}
